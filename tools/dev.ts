import { runTool, say } from './output';
import { runStack } from './stack-command';

/**
 * `npm run dev`: starts the stack of `npm start` for work on the code. The app reloads and the other programs restart
 * when a file changes.
 */
await runTool('dev', () =>
  runStack({
    partners: true,
    isDevelopment: true,
    announce: ({ alma, gateway }) => {
      say(`
  Open  ${alma}/          the simulated Alma; the app in it reloads after each change below cloudapp/src
        ${gateway}     the gateway; it and the simulators restart after a change of their files
`);
    },
  }),
);
