import { runTool, say } from './output';
import { runStack } from './stack-command';

/** `npm run stack`: simulators and gateway. Its only line on stdout is `{"nacsis":url,"alma":url,"gateway":url}`. */
await runTool('stack', () =>
  runStack({
    partners: false,
    announce: ({ nacsis, alma, gateway }) => {
      say(JSON.stringify({ nacsis, alma, gateway }));
    },
  }),
);
