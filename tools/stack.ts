import { runTool, say } from './output';
import { runStack } from './stack-command';

/** `npm run stack`: simulators and gateway. Prints only `{"nacsis":url,"alma":url,"gateway":url}` to stdout. */
await runTool('stack', () =>
  runStack({
    partners: false,
    announce: ({ nacsis, alma, gateway }) => {
      say(JSON.stringify({ nacsis, alma, gateway }));
    },
  }),
);
