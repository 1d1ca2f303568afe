/** One occurrence of a group field, for example one candidate lender of HMLG: wire name → text. */
export type CatpGroup = Readonly<Record<string, string>>;

/** A scalar (text), a repeated scalar (texts, for example POLICY of MEMBER), or the occurrences of a group. */
export type CatpValue = string | readonly string[] | readonly CatpGroup[];

/**
 * A CATP record by wire names. Groups are arrays of objects even with one occurrence. The codec, the simulator's store
 * and its `_sim` JSON share this form.
 */
export type CatpRecord = Readonly<Record<string, CatpValue>>;

/** Header lines in order. Names are compared case-insensitively. */
export type CatpHeaders = readonly (readonly [name: string, value: string])[];

export interface CatpRequest {
  readonly method: string;
  /** 10 characters. A GETHANDLE request may contain any dummy value. */
  readonly handle: string;
  /** 3 digits. */
  readonly frame: string;
  /** `CATP/1.0` or `CATP/1.1` */
  readonly version: string;
  /** Excludes Content-Length and Encoding, which the codec writes and reads itself. */
  readonly headers: CatpHeaders;
  readonly body: string;
}

export interface CatpResponse {
  readonly method: string;
  readonly handle: string;
  readonly frame: string;
  readonly version: string;
  /** 3 digits: 2xx success, 300 success with a warning, 4xx refused and nothing changed, 5xx server fault. */
  readonly status: string;
  readonly reason: string;
  readonly headers: CatpHeaders;
  readonly body: string;
}
