/** What a reader of the table of entries has before their eyes. */
import type { Page } from '@playwright/test';

/** The first row that is wholly in view below the head, and how far below its table's top it is. */
export function readTop(window: Page): Promise<{ text: string; top: number }> {
  return window.getByRole('grid').evaluate((grid) => {
    const top = grid.getBoundingClientRect().top;
    const rows = [...grid.querySelectorAll<HTMLElement>('.entry-rows [role="row"]')].map((row) => ({
      text: row.innerText,
      top: row.getBoundingClientRect().top - top,
    }));
    return rows.sort((a, b) => a.top - b.top).find((row) => row.top >= 30) ?? { text: '', top: 0 };
  });
}
