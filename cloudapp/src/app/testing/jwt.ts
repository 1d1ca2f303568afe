/** A token in Alma's format with an invalid signature. */
export function jwtOf(payload: object): string {
  const part = (value: object) =>
    btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  return `${part({ alg: 'RS256' })}.${part(payload)}.signature`;
}
