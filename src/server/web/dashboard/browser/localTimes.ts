/** Times are sent as UTC: only the browser knows what clock people look at. */
export function showLocalTimes(root: ParentNode): void {
  for (const time of root.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const shown = FORMAT.format(at);
    time.title = shown;
    if (time.dataset['local'] !== undefined) time.textContent = shown;
  }
}

const FORMAT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
