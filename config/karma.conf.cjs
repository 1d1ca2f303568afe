// The app's specs in a headless Chromium (`ng test --watch=false`). CHROME_BIN names the browser.
// The specs of cloudapp/src/domain run under Node (config/jasmine.json): some of them read files.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

module.exports = (config) => {
  config.set({
    basePath: '..',
    frameworks: ['jasmine', '@angular-devkit/build-angular'],
    plugins: [
      require('karma-jasmine'),
      require('karma-chrome-launcher'),
      require('karma-coverage'),
      require('@angular-devkit/build-angular/plugins/karma'),
    ],
    client: { clearContext: false, jasmine: { random: true } },
    reporters: ['progress'],
    coverageReporter: { dir: 'coverage', subdir: '.', reporters: [{ type: 'html' }, { type: 'text-summary' }] },
    browsers: ['HeadlessChromium'],
    customLaunchers: { HeadlessChromium: { base: 'ChromeHeadless', flags: FLAGS } },
    browserNoActivityTimeout: 120_000,
    captureTimeout: 120_000,
    restartOnFileChange: true,
  });
};
