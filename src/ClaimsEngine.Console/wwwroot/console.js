// Starts the live pages, and says in words what their connection does. Nothing else is scripted by us.
(() => {
  const note = document.getElementById('connection');
  const say = name => {
    const here = document.getElementById('connection') ?? note;
    if (!here) return;
    here.textContent = name ? here.dataset[name] : '';
    here.hidden = !name;
  };
  // Whether somebody has typed something that was not saved yet.
  const changed = field => {
    if (field.type === 'hidden') return false;
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
    if (field.tagName !== 'SELECT') return field.value !== field.defaultValue;
    const options = [...field.options];
    return options.some(option => option.defaultSelected)
      ? options.some(option => option.selected !== option.defaultSelected) : field.selectedIndex > 0;
  };
  const typed = () => [...document.querySelectorAll('form[data-save]')].some(form =>
    'kept' in form.dataset || [...form.querySelectorAll('input, textarea, select')].some(changed));
  let tries = 0, timer = null;
  const again = async () => {
    tries += 1;
    try {
      if (await Blazor.reconnect()) return;
      say(typed() ? 'kept' : 'gone');
      if (!typed()) setTimeout(() => location.reload(), 1500);
    } catch {
      timer = setTimeout(again, Math.min(500 * tries, 3000));
    }
  };
  Blazor.start({
    ssr: { disableDomPreservation: false },
    circuit: {
      reconnectionHandler: {
        onConnectionDown: () => { say('away'); tries = 0; clearTimeout(timer); timer = setTimeout(again, 300); },
        onConnectionUp: () => { clearTimeout(timer); say(''); },
      },
    },
  });
  // On a narrow screen only the part of the menu that one is in stands open.
  const fold = () => {
    if (innerWidth > 900) return;
    for (const part of document.querySelectorAll('.menu details')) part.open = !!part.querySelector('.active');
  };
  fold();
  Blazor.addEventListener?.('enhancedload', fold);
  // Controls that narrow a list send their form at once.
  document.addEventListener('change', event => {
    const form = event.target.closest?.('form[data-at-once]');
    if (form) form.requestSubmit();
  });
  document.addEventListener('click', event => {
    if (event.target.closest?.('[data-print]')) window.print();
  });
})();

// Sends a command's form, so that what was typed stays on the page when the host does not answer. The same submit has the same key.
(() => {
  const words = name => document.getElementById('connection')?.dataset[name] ?? '';
  const parsed = async answer => new DOMParser().parseFromString(await answer.text(), 'text/html');
  const link = (told, address, name) => {
    const made = document.createElement('a');
    [made.href, made.target, made.rel, made.textContent] = [address, '_blank', 'noopener', words(name)];
    told.append(' ', made);
  };
  // What the form was for is not to be done any more: says who did something last, and leaves what was typed where it is.
  const passed = async told => {
    told.textContent = words('passed');
    const last = (await parsed(await fetch(location.href))).querySelector('.history li:last-child');
    if (last) told.append(` ${last.querySelector('small')?.firstChild?.textContent ?? ''}${last.querySelector('span')?.textContent ?? ''}`);
    link(told, location.href, 'look');
  };
  document.addEventListener('submit', async event => {
    const form = event.target.closest?.('form[data-save]');
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter ?? form.querySelector('button[type=submit]');
    const told = form.querySelector('.saving');
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    told.textContent = form.dataset.saving;
    try {
      const body = new FormData(form);
      if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
      const answer = await fetch(form.action, { method: 'POST', body, redirect: 'follow', credentials: 'same-origin' });
      if (answer.redirected && new URL(answer.url).pathname.endsWith('/sign-in')) {
        told.textContent = words('signedOut');
        link(told, answer.url, 'signIn');
        button.removeAttribute('aria-busy');
        return;
      }
      if (answer.redirected) { location.assign(answer.url); return; }
      if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`);
      const next = (await parsed(answer)).getElementById(form.id);
      if (!next) {
        await passed(told);
        button.removeAttribute('aria-busy');
        return;
      }
      next.dataset.kept = '';
      form.replaceWith(next);
      (next.querySelector('.fault, [role=alert]') ?? next).scrollIntoView({ block: 'center' });
      next.querySelector('[aria-invalid=true]')?.focus();
    } catch {
      told.textContent = form.dataset.unanswered;
      button.removeAttribute('aria-busy');
    }
  }, true);
})();

// Shows what the typed facts would come to, while they are typed: the form goes to another address, and the answer's part is shown.
(() => {
  const timers = new WeakMap(), asked = new WeakMap();
  document.addEventListener('input', event => {
    const form = event.target.closest?.('form[data-preview]');
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(async () => {
      const place = document.getElementById(form.dataset.previewInto);
      place.setAttribute('aria-busy', 'true');
      try {
        const body = new FormData(form);
        for (const [name, value] of [...body]) if (value instanceof File || name === '_handler') body.delete(name);
        // an earlier answer must not stand over a later one
        asked.get(form)?.abort();
        const mine = new AbortController();
        asked.set(form, mine);
        const answer = await fetch(form.dataset.preview, { method: 'POST', body, credentials: 'same-origin', signal: mine.signal });
        // after the sign-in has ended the answer is the way in, which belongs into no form
        place.innerHTML = answer.ok && !answer.redirected ? await answer.text() : '';
      } catch {
        // the next letter asks again; saving says when the host does not answer
      }
      place.removeAttribute('aria-busy');
    }, 250));
  });
})();
