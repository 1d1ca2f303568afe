/** Maps each file to the files that it imports, by their paths in the repository. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * The rooms of the app and of the gateway by floor, the lowest floor first. A file may import from its own floor and
 * from lower ones. A file belongs to the room with the longest matching path; other files have no floor.
 */
const FLOORS: readonly (readonly (readonly string[])[])[] = [
  [
    ['cloudapp/src/domain/errors.ts', 'cloudapp/src/domain/catalog/'],
    ['cloudapp/src/domain/ill/'],
    ['cloudapp/src/domain/alma/', 'cloudapp/src/domain/api/', 'cloudapp/src/domain/imports/'],
  ],
  [
    ['cloudapp/src/domain/'],
    ['cloudapp/src/app/core/'],
    ['cloudapp/src/app/ui/'],
    ['cloudapp/src/app/alma/', 'cloudapp/src/app/actions/'],
    [
      'request',
      'worklist',
      'batch',
      'bridge',
      'create',
      'members',
      'print',
      'imports',
      'integration',
      'settings',
      'drafts',
      'help',
      'start',
    ].map((page) => `cloudapp/src/app/${page}/`),
    ['cloudapp/src/app/app.', 'cloudapp/src/main.ts'],
  ],
  [
    ['cloudapp/src/domain/'],
    ['catp/', 'iso18626/'],
    ['gateway/postgres/', 'gateway/store/', 'gateway/nacsis/', 'gateway/alma/', 'gateway/auth/', 'gateway/jobs/'],
    [
      'gateway/commands/',
      'gateway/worklist/',
      'gateway/profiles/',
      'gateway/alma-sync/',
      'gateway/runs/',
      'gateway/bridge/',
      'gateway/members/',
      'gateway/reports/',
      'gateway/upkeep/',
    ],
    ['gateway/services.ts', 'gateway/runtime.ts'],
    ['gateway/routes/', 'gateway/openapi/', 'gateway/command-line/'],
    [
      'gateway/app.ts',
      'gateway/main.ts',
      'gateway/import-main.ts',
      'gateway/own-gateway.ts',
      'gateway/find-name-main.ts',
      'gateway/openapi/openapi-document.ts',
    ],
  ],
];

/** Import cycles, each once, as a path of files that ends with its first file. */
export function cyclesOf(graph: Graph): readonly (readonly string[])[] {
  return componentsOf(graph)
    .filter((files) => files.length > 1)
    .map((files) => circleIn(graph, new Set(files)));
}

export function upwardImports(graph: Graph): readonly (readonly [from: string, to: string])[] {
  return [...graph].flatMap(([from, targets]) =>
    targets.filter((to) => isUpward(from, to)).map((to) => [from, to] as const),
  );
}

function isUpward(from: string, to: string): boolean {
  return FLOORS.some((floors) => {
    const [start, end] = [floorOf(floors, from), floorOf(floors, to)];
    return start !== undefined && end !== undefined && start < end;
  });
}

function floorOf(floors: readonly (readonly string[])[], path: string): number | undefined {
  const matches = floors.flatMap((rooms, floor) =>
    rooms.filter((room) => path.startsWith(room)).map((room) => ({ floor, length: room.length })),
  );
  return matches.sort((one, other) => other.length - one.length)[0]?.floor;
}

/** Tarjan's strongly connected components. */
function componentsOf(graph: Graph): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.size - 1);
    stack.push(file);
    for (const to of graph.get(file) ?? []) {
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(file, Math.min(low.get(file) ?? 0, low.get(to) ?? 0));
    }
    if (low.get(file) === index.get(file)) found.push(stack.splice(stack.indexOf(file)));
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found;
}

function circleIn(graph: Graph, files: ReadonlySet<string>): readonly string[] {
  const [first = ''] = files;
  const path = [first];
  for (;;) {
    const next = (graph.get(path.at(-1) ?? '') ?? []).find((to) => files.has(to)) ?? first;
    const at = path.indexOf(next);
    if (at >= 0) return [...path.slice(at), next];
    path.push(next);
  }
}
