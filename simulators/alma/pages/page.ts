import type { Entity } from './entities';
import type { Html } from './html';

/** The middle of a page, with what it tells the app. */
export interface Page {
  readonly status: 200 | 404;
  readonly title: string;
  readonly main: Html;
  readonly entities: readonly Entity[];
}
