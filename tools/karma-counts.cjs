// The app's karma configuration plus a reporter that writes the counts as JSON to the file named by TEST_COUNTS_FILE.
const { writeFileSync } = require('node:fs');
const base = require('../config/karma.conf.cjs');

/** karma asks for every method of a reporter, so those that we do not need are there and do nothing. */
function CountsReporter() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let isFocused = false;

  this.adapters = [];
  this.onSpecComplete = (_browser, { skipped, disabled, success }) => {
    if (disabled) isFocused = true; // jasmine excludes a spec only when another one has fit or fdescribe
    if (skipped) counts.skipped++;
    else if (success) counts.passed++;
    else counts.failed++;
  };
  this.onRunComplete = (_browsers, { error, exitCode }) => {
    const passed = !error && exitCode === 0 && counts.failed === 0;
    const overall = isFocused ? 'incomplete' : passed ? 'passed' : 'failed';
    if (process.env.TEST_COUNTS_FILE)
      writeFileSync(process.env.TEST_COUNTS_FILE, JSON.stringify({ ...counts, overall }));
  };
}

module.exports = (config) => {
  base(config);
  config.set({
    plugins: [...config.plugins, { 'reporter:counts': ['type', CountsReporter] }],
    reporters: [...config.reporters, 'counts'],
  });
};
