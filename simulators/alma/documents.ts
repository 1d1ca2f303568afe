/** The app's data in its host: the store (per user and key), SETTINGS (per user) and CONFIG (per institution). */
export class HostDocuments {
  constructor(
    private documents: ReadonlyMap<string, string>,
    private readonly changed: () => void,
  ) {}

  static readonly storeKey = (institution: string, user: string, key: string): string =>
    JSON.stringify(['store', institution, user, key]);
  static readonly settingsKey = (institution: string, user: string): string =>
    JSON.stringify(['settings', institution, user]);
  static readonly configKey = (institution: string): string => JSON.stringify(['config', institution]);

  get(key: string): string | undefined {
    return this.documents.get(key);
  }

  set(key: string, value: string): void {
    this.documents = new Map([...this.documents, [key, value]]);
    this.changed();
  }

  remove(key: string): void {
    this.documents = new Map([...this.documents].filter(([candidate]) => candidate !== key));
    this.changed();
  }

  replaceAll(documents: ReadonlyMap<string, string>): void {
    this.documents = documents;
    this.changed();
  }

  snapshot(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.documents);
  }
}
