// What the pages do in the browser: send forms to the JSON interface, show refusals where they
// belong, count down by the server's clock, and renew a session that has just run out.
'use strict';

(() => {
  const signedInMark = () => document.cookie.includes('seonchak-signed-in=');

  // One renewal at a time, however many requests find the session run out.
  let renewal = null;
  const renew = () => {
    renewal ??= fetch('/api/sessions/refresh', {method: 'POST'})
      .then(answer => answer.ok)
      .finally(() => { renewal = null; });
    return renewal;
  };

  const send = async (method, path, body, headers) => {
    const request = () => fetch(path, {
      method,
      headers: {Accept: 'application/json', ...(body === undefined ? {} : {'Content-Type': 'application/json'}), ...headers},
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    let answer = await request();
    if (answer.status === 401 && signedInMark() && await renew()) answer = await request();
    return answer;
  };

  const pause = millis => new Promise(done => setTimeout(done, millis));

  // "Ask again with the same key" and "too busy" are answered by asking again, a few times.
  const sendUntilAnswered = async (method, path, body, headers) => {
    for (let attempt = 1; ; attempt++) {
      let answer = null;
      try {
        answer = await send(method, path, body, headers);
      } catch (lostConnection) {
        if (attempt === 5 || !headers['Idempotency-Key']) throw lostConnection;
      }
      if (answer && (answer.status !== 503 || attempt === 5)) return answer;
      await pause(200 * attempt);
    }
  };

  const read = field => {
    if (field.dataset.with && !field.form.elements[field.dataset.with].value) return undefined;
    if (field.dataset.as === 'flag') return field.checked;
    if (field.dataset.as === 'no') return false;
    if (field.type === 'checkbox' && field.dataset.as === 'boolean') return field.checked || undefined;
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked ? field.value : undefined;
    if (field.value === '') return undefined;
    if (field.dataset.as === 'number') return Number(field.value);
    if (field.dataset.as === 'time') return new Date(field.value).toISOString();
    if (field.dataset.as === 'lines') return field.value.split('\n').map(line => line.trim()).filter(Boolean);
    return field.value;
  };

  // Names are paths: "items.0.price" builds {items: [{price}]}; "roles[]" collects what is ticked.
  const put = (target, name, value) => {
    const steps = name.split('.');
    const last = steps.pop();
    let place = target;
    steps.forEach((step, i) => {
      const next = i + 1 < steps.length ? steps[i + 1] : last;
      place[step] ??= /^\d+$/.test(next) ? [] : {};
      place = place[step];
    });
    if (last.endsWith('[]')) (place[last.slice(0, -2)] ??= []).push(value);
    else place[last] = value;
  };

  const dense = value => {
    if (Array.isArray(value)) return value.filter(entry => entry !== undefined).map(dense);
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, dense(entry)]));
    }
    return value;
  };

  const collect = form => {
    const body = {};
    for (const field of form.elements) {
      if (!field.name || field.disabled) continue;
      const value = read(field);
      if (value !== undefined) put(body, field.name, value);
    }
    // A part that the interface wants even when nothing was filled in.
    for (const name of (form.dataset.always ?? '').split(' ').filter(Boolean)) body[name] ??= name === 'answers' ? {} : [];
    return dense(body);
  };

  const say = (form, text) => {
    const place = form.querySelector('.problem');
    if (place) place.textContent = text;
  };

  const follow = (form, document_) => {
    const next = form.dataset.next ?? '';
    const target = next.replace(/\{(\w+)\}/g, (_, name) => document_[name] ?? '');
    if (!target) location.reload();
    else location.assign(target);
  };

  const submit = async (form, pressed) => {
    const buttons = [...form.querySelectorAll('button')];
    buttons.forEach(button => { button.disabled = true; });
    say(form, '');
    try {
      const method = form.dataset.method ?? 'POST';
      const headers = {};
      if (form.dataset.key !== undefined) headers['Idempotency-Key'] = form.dataset.key ||= crypto.randomUUID();
      const body = form.dataset.body === 'none' ? undefined : collect(form);
      let answer = await sendUntilAnswered(method, form.dataset.api, body, headers);
      let text = await answer.text();
      // A form may be two steps for one press of a button: save the answers, then pay. Which button
      // it was says how.
      if (answer.ok && form.dataset.then) {
        const then = (pressed ?? buttons[0]).dataset.thenBody;
        answer = await sendUntilAnswered('POST', form.dataset.then, JSON.parse(then), {});
        text = await answer.text();
      }
      const document_ = text ? JSON.parse(text) : {};
      if (answer.ok) return follow(form, document_);
      if (answer.status === 401 && !form.dataset.signIn) {
        location.assign('/sign-in?next=' + encodeURIComponent(location.pathname));
        return;
      }
      // A refusal is decided anew when asked again, so the next try gets a key of its own.
      if (form.dataset.key !== undefined && answer.status < 500) form.dataset.key = '';
      say(form, document_.title ?? 'That did not work.');
    } catch (failure) {
      say(form, 'No answer from the server. Check your connection and try again.');
    }
    buttons.forEach(button => { button.disabled = false; });
  };

  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.dataset.api) return;
    event.preventDefault();
    if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
    submit(form, event.submitter);
  });

  // Repeated groups of fields: a template with {n} in its names, added at the button's place.
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-add]');
    if (!button) return;
    const list = document.getElementById(button.dataset.add);
    const template = document.getElementById(button.dataset.add + '-template');
    const number = Number(list.dataset.next ?? list.children.length);
    list.dataset.next = number + 1;
    list.insertAdjacentHTML('beforeend', template.innerHTML.replaceAll('{n}', number));
  });

  // The server's clock counts, not the phone's: the page tells what time the server had.
  const serverNow = document.body.dataset.now ? Date.parse(document.body.dataset.now) : Date.now();
  const offset = serverNow - Date.now();
  const pad = value => String(value).padStart(2, '0');
  const tick = () => {
    for (const clock of document.querySelectorAll('[data-until]')) {
      const left = Math.ceil((Date.parse(clock.dataset.until) - Date.now() - offset) / 1000);
      if (left <= 0) {
        clock.textContent = '0:00';
        if (clock.dataset.then === 'reload' && !clock.dataset.over) {
          clock.dataset.over = 'yes';
          setTimeout(() => location.reload(), 1200);
        }
        continue;
      }
      const days = Math.floor(left / 86400), hours = Math.floor(left / 3600) % 24;
      const minutes = Math.floor(left / 60) % 60, seconds = left % 60;
      clock.textContent = days ? `${days} d ${hours}:${pad(minutes)}:${pad(seconds)}`
        : hours ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
    }
  };
  tick();
  setInterval(tick, 250);

  const localTimes = root => {
    for (const time of root.querySelectorAll('time[datetime]')) {
      time.textContent = new Date(time.dateTime).toLocaleString([], {dateStyle: 'medium', timeStyle: 'short'});
    }
  };
  localTimes(document);
  document.addEventListener('htmx:afterSwap', event => localTimes(event.target));

  // Times of the form's own fields are the visitor's; the server speaks UTC.
  for (const field of document.querySelectorAll('input[data-utc]')) {
    const time = new Date(field.dataset.utc);
    field.value = new Date(time.getTime() - time.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  }

  // Signed in a while ago: the short token has run out, the long one has not.
  if (document.body.dataset.signedIn === 'true') {
    document.cookie = 'seonchak-signed-in=yes; Max-Age=2592000; Path=/; SameSite=Lax';
  } else if (signedInMark()) {
    renew().then(renewed => {
      if (renewed) location.reload();
      else document.cookie = 'seonchak-signed-in=; Max-Age=0; Path=/';
    });
  }
})();
