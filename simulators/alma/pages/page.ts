import type { Entity } from './entities';
import type { Html } from './html';

/** The main area of a page and the entities that it reports to the app. */
export interface Page {
  readonly status: 200 | 400 | 404;
  readonly title: string;
  readonly main: Html;
  readonly entities: readonly Entity[];
}
