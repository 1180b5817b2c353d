// The node's page, in Kura's web admin or alone behind its log-in. What the node says is shown as
// text and never as markup.
(function () {
  'use strict';

  const BASE = '/ratio1-ui';
  const PARTS = ['status', 'readiness', 'epochs', 'bundles'];
  const EVERY_MILLIS = 5000;
  const REST_MILLIS = 60000;
  const SIGNS_OF_LIFE = ['mousemove', 'mousedown', 'wheel', 'keydown', 'touchstart', 'focus'];

  function element(name, text, style) {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) {
      made.textContent = String(text);
    }
    if (style) {
      made.className = style;
    }
    return made;
  }

  // A refusal says what happened and what to do; so does a part that cannot be reached.
  function ask(part) {
    return fetch(BASE + '/' + part, { credentials: 'same-origin', cache: 'no-store' })
      .then(function (response) { return response.json(); })
      .then(function (body) {
        return body.code && body.nextStep ? { refusal: body.detail + ' ' + body.nextStep } : body;
      })
      .catch(function () { return { refusal: 'No answer. Is the session over? Log in again.' }; });
  }

  function table(rows) {
    const made = element('table', null, 'table table-striped');
    const body = made.appendChild(element('tbody'));
    rows.forEach(function (cells) {
      const row = body.appendChild(element('tr'));
      cells.forEach(function (cell, index) {
        row.appendChild(element(index === 0 ? 'th' : 'td', cell));
      });
    });
    return made;
  }

  function known(value) {
    return value === undefined || value === null ? 'unknown' : value;
  }

  function nodeRows(status) {
    const session = status.session || {};
    const link = status.link || {};
    const epoch = status.epoch || {};
    const boot = status.boot || {};
    return [
      ['Alias', known(status.alias)],
      ['Address', known(status.address)],
      ['EVM address', known(status.evmAddress)],
      ['Role', status.role || 'none'],
      ['Licence', session.licence || 'none'],
      ['Session', session.since ? 'since ' + session.since : 'none: ' + known(boot.reason)],
      ['Broker', link.connected ? link.broker + ' since ' + link.since : 'not connected'],
      ['Epoch', epoch.epoch === undefined
        ? 'unknown' : epoch.epoch + ', slot ' + epoch.slot + ' of ' + epoch.slots],
      ['Last beat', status.lastBeat || 'none'],
      ['Newest certificate', known(epoch.newestCertified)],
      ['Version', known((status.versions || {}).product)]
    ];
  }

  function section(title, answer, content) {
    const made = element('div', null, 'panel panel-default');
    made.appendChild(element('div', title, 'panel-heading'));
    const body = made.appendChild(element('div', null, 'panel-body'));
    if (answer.refusal) {
      body.appendChild(element('p', answer.refusal));
    } else {
      body.appendChild(content(answer));
    }
    return made;
  }

  function readiness(answer) {
    if (answer.ready) {
      return element('p', 'READY', 'text-success');
    }
    return element('p', 'NOT READY: ' + (answer.reasons || []).join(' '), 'text-danger');
  }

  function certificates(answer) {
    return table((answer.epochs || []).map(function (epoch) {
      return [epoch.epoch, epoch.stage, epoch.rowCount + ' nodes',
        (epoch.signers || []).length + ' signatures'];
    }));
  }

  function bundles(answer) {
    if (answer.down.length === 0) {
      return element('p', 'Every bundle of the node is active.', 'text-success');
    }
    return table(answer.down.map(function (bundle) {
      return [bundle.name + ' ' + bundle.version, bundle.state, bundle.reason];
    }));
  }

  function draw(into, answers) {
    const fresh = element('div');
    fresh.appendChild(section('Health', answers[1], readiness));
    fresh.appendChild(section('Node', answers[0], function (a) { return table(nodeRows(a)); }));
    fresh.appendChild(section('Certificates', answers[2], certificates));
    fresh.appendChild(section('Bundles', answers[3], bundles));
    fresh.appendChild(element('p', 'As of ' + new Date().toLocaleTimeString()
      + '. Asked again while somebody is at this page.'));
    into.replaceChildren(fresh);
  }

  let shown = null;
  let seen = Date.now();

  SIGNS_OF_LIFE.forEach(function (sign) {
    window.addEventListener(sign, function () { seen = Date.now(); }, { passive: true });
  });

  // The web admin logs out whoever does nothing. Questions without end would keep a session open
  // that everybody has left.
  function attended() {
    return Date.now() - seen < REST_MILLIS;
  }

  // The web admin may take the page away and show it again; nothing is asked in between.
  function refresh() {
    if (shown !== null && shown.ownerDocument.body.contains(shown) && attended()) {
      const into = shown;
      Promise.all(PARTS.map(ask)).then(function (answers) { draw(into, answers); });
    }
  }

  function buildWidget() {
    shown = element('div', 'Asking the node …');
    shown.id = 'ratio1-node';
    setTimeout(refresh, 0);
    return shown;
  }

  setInterval(refresh, EVERY_MILLIS);

  // A web admin that takes pages of others has a registry (Kura 5); elsewhere the page stands alone.
  const registry = window.top.extensionRegistry;
  if (registry) {
    registry.registerExtension({
      id: 'ratio1-node',
      onLoad: function (context) {
        context.addSidenavComponent('Ratio1 node', 'CUBES', { buildWidget: buildWidget });
      }
    });
  } else {
    document.body.appendChild(buildWidget());
  }
})();
