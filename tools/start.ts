import { buildWhereStale } from './build-app';
import { runTool, say } from './output';
import { runStack } from './stack-command';
import type { StackUrls } from './stack-processes';

/** `npm start`: the stack with automatic partners, and the built app inside the simulated Alma. */
await runTool('start', () => runStack({ partners: true, prepare: buildWhereStale, announce: welcome }));

function welcome({ nacsis, alma, gateway }: StackUrls): void {
  say(`
  Open  ${alma}/          the simulated Alma, with the app beside its records

  Try   1. Search results → choose a record → 依頼する: five lenders are proposed, the form is filled; 依頼（ORDER）, and once more to confirm
        2. Note the id, then look at the request in NACSIS-ILL: ${nacsis}/_sim/records/<id>
        3. Another user or language: ${alma}/?user=staff002&lang=en

  NACSIS-ILL simulator  ${nacsis}     faults: POST ${nacsis}/_sim/faults
  gateway               ${gateway}     API: ${gateway}/openapi.json
  Partner libraries answer by themselves. Ctrl+C ends everything.
`);
}
