import type { DashboardUnderTest } from './dashboard.ts';

/** As the button on the page of a scene does. */
export async function lookAtScene({ url }: Pick<DashboardUnderTest, 'url'>, id: number): Promise<void> {
  const answer = await fetch(`${url}/scenes/${id}/sync`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  });
  if (answer.status !== 303) throw new Error(`scene ${id}: ${answer.status} ${await answer.text()}`);
}
