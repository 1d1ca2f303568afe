import { clientNavigation } from './navigation.js';
import { answerApp } from './protocol.js';

/** The host page: creates the app's frame, answers its messages and reports each page change to it. */
const data = JSON.parse(document.getElementById('host-data').textContent);
const sidebar = document.getElementById('app');

const frame = document.createElement('iframe');
frame.id = 'cloudapp';
frame.title = data.appTitle;
frame.setAttribute('sandbox', data.sandbox);

const navigation = clientNavigation({
  main: document.getElementById('main'),
  failed: data.failed,
  onPage(page) {
    highlight(page);
    window.__host.firePageLoad(page);
  },
});
window.__host = answerApp({ frame, data, navigation, setup: window.__hostSetup });
frame.src = data.appUrl;
sidebar.append(frame);
highlight(data.page);

/** Marks the app as relevant when the page shows an entity type that the manifest names, as Alma does. */
function highlight(page) {
  sidebar.classList.toggle(
    'relevant',
    page.entities.some((entity) => data.highlightFor.includes(entity.type)),
  );
}

const widen = document.getElementById('widen');
function setWide(wide) {
  document.body.classList.toggle('wide', wide);
  widen.setAttribute('aria-pressed', String(wide));
  widen.textContent = wide ? widen.dataset.narrow : widen.dataset.widen;
}
if (widen) {
  widen.addEventListener('click', () => setWide(!document.body.classList.contains('wide')));
  if (data.openFullscreen) setWide(true);
}

for (const button of document.querySelectorAll('[data-app-page]')) {
  button.addEventListener('click', () => {
    const address = new URL(button.dataset.appPage, data.appUrl);
    if (address.origin === new URL(data.appUrl).origin) frame.src = address.href;
    else window.open(address.href, '_blank', 'noopener');
  });
}

const session = document.querySelector('details.session');
document.addEventListener('click', (event) => {
  if (!session.contains(event.target)) session.open = false;
});
window.addEventListener('blur', () => (session.open = false));
