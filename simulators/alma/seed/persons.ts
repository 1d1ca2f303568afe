/** A made-up author with a label instead of a real name. */
export interface Person {
  readonly kanji: string;
  readonly roman: string;
}

export function person(number: number): Person {
  const label = String(number + 1).padStart(3, '0');
  return { kanji: `著者 ${label}`, roman: `Chosha ${label}` };
}
