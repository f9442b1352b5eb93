/**
 * A time as Stash stores and prints it: RFC 3339 in the server's own zone, whole seconds (stash reference
 * §3.2). `zone` is an offset such as `-05:00`; `+00:00` is printed as `Z`.
 */
export function printServerTime(epochMs: number, zone: string): string {
  const offsetMs = zoneOffsetMs(zone);
  const local = new Date(epochMs + offsetMs).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length);
  return `${local}${offsetMs === 0 ? 'Z' : zone}`;
}

function zoneOffsetMs(zone: string): number {
  const parts = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (parts === null) throw new Error(`"${zone}" is no zone; write an offset such as +02:00`);
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return (parts[1] === '-' ? -minutes : minutes) * 60_000;
}
