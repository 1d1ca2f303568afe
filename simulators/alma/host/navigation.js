/**
 * Changes pages without reloading the document, so that the app's frame stays alive as in Alma.
 * Calls `onPage` with the page data for the app. When steps overlap, only the latest takes effect.
 */
export function clientNavigation({ main, failed, onPage }) {
  let step = 0;

  async function show(address, options = {}) {
    step += 1;
    const mine = step;
    main.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(address, { ...options, headers: { 'x-alma-fragment': '1' } });
      const fragment = await response.json();
      if (mine !== step) return;
      if (response.redirected && response.url !== location.href) history.pushState(null, '', response.url);
      document.title = fragment.title;
      main.innerHTML = fragment.main;
      window.scrollTo(0, 0);
      onPage(fragment.page);
    } catch {
      if (mine === step) main.textContent = failed;
    } finally {
      if (mine === step) main.removeAttribute('aria-busy');
    }
  }

  const navigation = {
    go(address) {
      history.pushState(null, '', address);
      return show(address);
    },
    reload: () => show(location.href),
    back: () => history.back(),
  };

  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (
      !link ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    if (link.origin !== location.origin) return;
    event.preventDefault();
    void navigation.go(link.href);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.matches('[data-send]')) {
      event.preventDefault();
      // `form.action` would be the input of that name.
      void show(form.getAttribute('action'), { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      return;
    }
    if (!form.matches('[data-navigate]')) return;
    event.preventDefault();
    const address = new URL(form.action);
    const kept = [...new URLSearchParams(location.search)].filter(([name]) =>
      ['institution', 'user', 'lang', 'color'].includes(name),
    );
    address.search = new URLSearchParams([...new FormData(form), ...kept]).toString();
    void navigation.go(address.href);
  });
  window.addEventListener('popstate', () => void show(location.href));
  return navigation;
}
