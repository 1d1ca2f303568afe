import messages from '../../i18n/bridge.json';
import { ALMA_BUTTONS, HOLD_REASONS, MESSAGE_NAMES, MESSAGE_STATES } from '../api/bridge';
import { MESSAGE_PROBLEMS, REFUSAL_TEXTS } from './message-problems';

describe('the messages of the bridge', () => {
  for (const language of ['ja', 'en'] as const)
    it(`have words for each name, reason, state, button and problem (${language})`, () => {
      const { bridge } = messages[language];
      const keys = (words: object) => Object.keys(words).sort();
      const sorted = (names: readonly string[]) => [...names].sort();
      expect(keys(bridge.message)).toEqual(sorted(MESSAGE_NAMES));
      expect(keys(bridge.hold)).toEqual(sorted(HOLD_REASONS));
      expect(keys(bridge.holdWay)).toEqual(sorted(HOLD_REASONS));
      expect(keys(bridge.state)).toEqual(sorted(MESSAGE_STATES));
      expect(keys(bridge.press)).toEqual(sorted(ALMA_BUTTONS));
      expect(keys(bridge.refusal)).toEqual(sorted(REFUSAL_TEXTS));
      expect(keys(bridge.problem)).toEqual(sorted([...MESSAGE_PROBLEMS, 'unknown']));
      expect(keys(bridge.problemWay)).toEqual(sorted([...MESSAGE_PROBLEMS, 'not-done']));
    });
});
