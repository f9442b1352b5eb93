/** `2026-01-31 14:05`, as clocks on the wall show it. */
export function localTime(at: number): string {
  const date = new Date(at);
  const two = (count: number): string => String(count).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
