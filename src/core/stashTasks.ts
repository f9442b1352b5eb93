/** Beginnings of the names of Stash's tasks that change scenes, many of them without a hook (stash reference §2.6). */
const CHANGING = ['Scanning', 'Identifying', 'Auto-tagging', 'Cleaning', 'Importing', 'Batch stash-box'];

export const mayChangeScenes = (task: string): boolean => CHANGING.some((start) => task.startsWith(start));
