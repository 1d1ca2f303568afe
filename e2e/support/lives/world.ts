import type { CatpClient } from '../../../test/catp-client/catp-client';
import type { ModelKind } from '../../../test/model/ill-model';
import { BackDoor, type Account } from '../../../test/support/back-door';
import { INSTITUTIONS } from '../../../tools/gateway-config';
import type { Chronicle } from './chronicle';
import type { Dice } from './dice';
import { GatewayUser } from './gateway-user';
import type { Takes } from './life';
import type { LivesStack } from './lives-stack';
import { Screens, type Seat } from './screens';

/** Number of participating libraries. The first two also use the gateway. */
const LIBRARIES = 5;
/** Maximum number of libraries with a suspended service at the same time. Orders to them are refused. */
const MOST_STOPPED = 2;
const FLAGS = ['STAT', 'COPYS', 'LOANS'] as const;
type Flag = (typeof FLAGS)[number];
const OWN_FLAG: Readonly<Record<ModelKind, Flag>> = { copy: 'COPYS', loan: 'LOANS' };

/** All participants: libraries with their programs and services, and the users of the gateway with their screens. */
export class World {
  readonly screens = new Screens();
  readonly #clients = new Map<string, Promise<CatpClient>>();
  readonly #users: ReadonlyMap<string, GatewayUser>;
  #stopped: readonly (readonly [memberId: string, flag: Flag])[] = [];

  private constructor(
    readonly stack: LivesStack,
    readonly chronicle: Chronicle,
    readonly backDoor: BackDoor,
    private readonly accounts: readonly Account[],
  ) {
    this.#users = new Map(INSTITUTIONS.map((code) => [code, new GatewayUser(stack, code)]));
  }

  static async open(stack: LivesStack, chronicle: Chronicle): Promise<World> {
    const backDoor = new BackDoor(stack.urls.nacsis);
    return new World(stack, chronicle, backDoor, (await backDoor.accounts()).slice(0, LIBRARIES));
  }

  get libraries(): readonly string[] {
    return this.accounts.map(({ memberId }) => memberId);
  }

  /** Short name of a library: `A`, `B` … */
  letter(memberId: string): string {
    const at = this.libraries.indexOf(memberId);
    return at < 0 ? memberId : String.fromCharCode(65 + at);
  }

  /** The libraries that use the gateway, with their institutions. */
  get members(): readonly { readonly institution: string; readonly library: string }[] {
    return INSTITUTIONS.map((institution, at) => ({ institution, library: this.libraries[at] ?? '' }));
  }

  /** The library's seat at the gateway; undefined when it does not use the gateway. */
  seat(library: string, side: Seat['side']): Seat | undefined {
    const member = this.members.find((each) => each.library === library);
    return member && { ...member, side };
  }

  user({ institution }: Pick<Seat, 'institution'>): GatewayUser {
    const user = this.#users.get(institution);
    if (user === undefined) throw new Error(`there is no institution ${institution}`);
    return user;
  }

  /** A CATP program of this library. Each name is a separate program with its own handle. */
  program(library: string, name: string): Promise<CatpClient> {
    const key = `${library} ${name}`;
    const account = this.accounts.find(({ memberId }) => memberId === library);
    if (account === undefined) throw new Error(`there is no library ${library}`);
    const client = this.#clients.get(key) ?? this.backDoor.logIn(account);
    this.#clients.set(key, client);
    return client;
  }

  readonly takes: Takes = (memberId, kind) =>
    !this.#stopped.some(([id, flag]) => id === memberId && (flag === 'STAT' || flag === OWN_FLAG[kind]));

  /** Suspends or resumes a service. `wanted`: libraries to suspend preferably. */
  async turnService(dice: Dice, wanted: readonly string[]): Promise<void> {
    const back = dice.pick(this.#stopped);
    const isFull = this.#stopped.length >= MOST_STOPPED;
    if (back !== undefined && (isFull || (wanted.length === 0 && dice.chance(50)))) {
      this.#stopped = this.#stopped.filter((each) => each !== back);
      await this.backDoor.changeMember(back[0], { [back[1]]: 'A' });
      return this.chronicle.count('services resumed');
    }
    const memberId = dice.pick(wanted) ?? dice.pick(this.libraries.slice(1)) ?? '';
    const flag = dice.pick(FLAGS) ?? 'STAT';
    if (this.#stopped.some(([id]) => id === memberId)) return;
    this.#stopped = [...this.#stopped, [memberId, flag]];
    await this.backDoor.changeMember(memberId, { [flag]: 'N' });
    this.chronicle.count('services stopped');
  }
}
