import { WebSocket } from 'ws';
import type { PlexSimulator } from '../server.ts';

export interface Frame {
  readonly type: string;
  readonly size: number;
  readonly TimelineEntry?: readonly {
    readonly itemID: string;
    readonly sectionID: string;
    readonly type: number;
    readonly state: number;
    readonly metadataState?: string;
  }[];
  readonly ActivityNotification?: readonly {
    readonly event: string;
    readonly Activity: { readonly Context?: { readonly librarySectionID: string } };
  }[];
  readonly StatusNotification?: readonly { readonly notificationName: string }[];
}

const END = 'end of what a test looks at';

/** The frames that `act` causes, in order; nothing is waited for beyond them. */
export async function framesOf(
  simulator: PlexSimulator,
  act: () => void | Promise<unknown>,
  path = '/:/websockets/notifications',
): Promise<readonly Frame[]> {
  const socket = new WebSocket(
    `${simulator.url.replace('http', 'ws')}${path}?X-Plex-Token=${simulator.token}`,
  );
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const frames: Frame[] = [];
  const ended = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      if (text === END) return resolve();
      const { NotificationContainer } = JSON.parse(text) as { readonly NotificationContainer: Frame };
      frames.push(NotificationContainer);
    });
  });
  await act();
  simulator.notifications.sendText(END);
  await ended;
  socket.terminate();
  return frames;
}
