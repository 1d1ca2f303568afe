import type { AlmaAccess, AlmaPartner, AlmaPort } from '../alma/port';

/** Caches lookups of patrons and partners during one step of a run. */
export class AlmaLookups {
  readonly #users = new Map<string, Promise<boolean>>();
  readonly #partners = new Map<string, Promise<AlmaPartner | undefined>>();

  constructor(
    private readonly alma: AlmaPort,
    private readonly access: AlmaAccess,
  ) {}

  hasUser(userId: string): Promise<boolean> {
    return once(this.#users, userId, () => this.alma.hasUser(this.access, userId));
  }

  partner(code: string): Promise<AlmaPartner | undefined> {
    return once(this.#partners, code, () => this.alma.partner(this.access, code));
  }
}

function once<T>(asked: Map<string, Promise<T>>, name: string, ask: () => Promise<T>): Promise<T> {
  const before = asked.get(name);
  if (before !== undefined) return before;
  const answer = ask();
  asked.set(name, answer);
  // Forget a failed call, so that the next request asks again.
  answer.catch(() => asked.delete(name));
  return answer;
}
