// The app's karma configuration with a reporter that writes the counts (`Counts` in counts.ts).
const { writeFileSync } = require('node:fs');
const base = require('../config/karma.conf.cjs');

/** Karma calls every reporter method, so the unused ones exist and do nothing. */
function CountsReporter() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  let isFocused = false;

  this.adapters = [];
  this.onSpecComplete = (_browser, { skipped, disabled, success, suite, description, log }) => {
    if (disabled) isFocused = true; // jasmine excludes a spec only when another one uses fit or fdescribe
    if (skipped) counts.skipped++;
    else if (success) counts.passed++;
    else {
      counts.failed++;
      failures.push(`${[...suite, description].join(' ')}: ${log[0] ?? ''}`);
    }
  };
  this.onRunComplete = (_browsers, { error, exitCode }) => {
    const passed = !error && exitCode === 0 && counts.failed === 0;
    const overall = isFocused ? 'incomplete' : passed ? 'passed' : 'failed';
    if (process.env.TEST_COUNTS_FILE)
      writeFileSync(process.env.TEST_COUNTS_FILE, JSON.stringify({ ...counts, overall, failures }));
  };
}

module.exports = (config) => {
  base(config);
  config.set({
    plugins: [...config.plugins, { 'reporter:counts': ['type', CountsReporter] }],
    reporters: [...config.reporters, 'counts'],
  });
};
