/* The kiosk: screens are put in the place of the one before, so that Back has nowhere to go; whoever walks away is
   forgotten. Every screen is also a page of its own, for browsers without scripts. ES5: kiosks keep old browsers. */
(function (document, window) {
  'use strict';
  var root = document.documentElement;
  var words = document.body.dataset;
  var warning = document.getElementById('warning');
  var offline = document.getElementById('offline');
  var seconds = document.getElementById('seconds');
  var news = document.getElementById('news');
  var IDLE = Number(words.idle) * 1000;
  var GRACE = Number(words.grace) * 1000;
  var PATIENCE = 20000;
  var RETRY = 10000;
  var RENEWAL = 600000;  /* what passers-by see is loaded again, to be up to date */
  var touched = Date.now();
  var begun = Date.now();
  var tried = 0;
  var size = null;
  var pressed = null;
  var busy = false;
  var printing = false;
  var before = null;

  root.className += ' scripted';

  function stage() {
    return document.getElementById('stage');
  }

  function inSession() {
    return ['attract', 'offline'].indexOf(stage().getAttribute('data-screen')) < 0;
  }

  function cover(overlay, isOn) {
    overlay.hidden = !isOn;
    root.className = root.className.replace(/ covered/g, '') + (warning.hidden && offline.hidden ? '' : ' covered');
  }

  function announce() {
    var event = document.createEvent('Event');
    event.initEvent('screen', true, false);
    document.dispatchEvent(event);
  }

  /* Asks for a screen; hands on its #stage, or null where the line is down. */
  function load(method, address, body, done) {
    var request = new XMLHttpRequest();
    request.open(method, address);
    request.responseType = 'document';
    request.timeout = PATIENCE;
    if (body !== null) {
      request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    }
    request.onloadend = function () {
      var page = request.response;
      var found = page && page.getElementById ? page.getElementById('stage') : null;
      done(found ? document.importNode(found, true) : null);
    };
    request.send(body);
  }

  function show(screen) {
    var head;
    window.aloud.stop();
    stage().parentNode.replaceChild(screen, stage());
    resize(size);
    window.scrollTo(0, 0);
    touched = Date.now();
    announce();
    head = screen.querySelector('#unusable') ? screen.querySelector('#q') : screen.querySelector('[data-focus]');
    if (head) {
      head.focus();
    }
  }

  function go(method, address, body) {
    if (busy) {
      return;
    }
    busy = true;
    news.textContent = words.waiting;
    root.className += ' waiting-for';
    load(method, address, body, function (screen) {
      busy = false;
      news.textContent = '';
      root.className = root.className.replace(/ waiting-for/g, '');
      if (screen) {
        show(screen);
      } else {
        lineIsDown();
      }
    });
  }

  /* Everything a person asked leaves the screen first; then the line is tried. */
  function wipe() {
    var screen = stage();
    window.aloud.stop();
    screen.innerHTML = '';
    screen.setAttribute('data-screen', 'attract');
    cover(warning, false);
    load('GET', words.attract, null, function (found) {
      if (found) {
        window.location.replace(words.attract);
      } else {
        lineIsDown();
      }
    });
  }

  function lineIsDown() {
    cover(warning, false);
    cover(offline, true);
    tried = Date.now();
    document.getElementById('again').focus();
  }

  function tryAgain() {
    tried = Date.now();
    load('GET', words.attract, null, function (found) {
      if (!found || offline.hidden) {
        return;
      }
      if (!inSession()) {
        window.location.replace(words.attract);
        return;
      }
      cover(offline, false);  /* what was written stands in its field still */
      touched = Date.now();
    });
  }

  function warn() {
    before = document.activeElement;
    cover(warning, true);
    document.getElementById('stay').focus();
  }

  function stay() {
    touched = Date.now();
    if (!warning.hidden) {
      cover(warning, false);
      if (before && before.focus) {
        before.focus();
      }
    }
  }

  function tick() {
    var now = Date.now(), idle;
    if (!offline.hidden && now - tried >= RETRY) {
      tryAgain();
    }
    if (!inSession()) {
      if (now - begun >= RENEWAL && offline.hidden) {
        begun = now;
        wipe();
      }
      return;
    }
    if (printing || window.aloud.isReading()) {
      touched = now;
    }
    idle = now - touched;
    if (idle >= IDLE + GRACE) {
      wipe();
    } else if (idle >= IDLE && offline.hidden) {
      seconds.textContent = Math.ceil((IDLE + GRACE - idle) / 1000);
      if (warning.hidden) {
        warn();
      }
    }
  }

  function resize(wanted) {
    var links = document.querySelectorAll('[data-size]'), i, own;
    if (!wanted) {
      return;
    }
    root.className = root.className.replace(/size-\d+/, 'size-' + wanted);
    for (i = 0; i < links.length; i += 1) {
      own = links[i].getAttribute('data-size');
      if (own === wanted) {
        links[i].setAttribute('aria-current', 'true');
      } else {
        links[i].removeAttribute('aria-current');
      }
    }
  }

  function encoded(form, button) {
    var pairs = ['part=screen'], fields = form.elements, i;
    function add(name, value) {
      pairs.push(encodeURIComponent(name) + '=' + encodeURIComponent(value));
    }
    for (i = 0; i < fields.length; i += 1) {
      if (fields[i].name && fields[i].type !== 'submit') {
        add(fields[i].name, fields[i].value);
      }
    }
    if (button && button.name) {
      add(button.name, button.value);
    }
    return pairs.join('&');
  }

  function closest(node, selector) {
    var matches;
    for (; node && node.nodeType === 1; node = node.parentNode) {
      matches = node.matches || node.webkitMatchesSelector || node.msMatchesSelector;
      if (matches.call(node, selector)) {
        return node;
      }
    }
    return null;
  }

  function tapped(event) {
    var found = closest(event.target, 'a[href], button');
    var does = found && found.getAttribute('data-do');
    if (!inSession() && offline.hidden) {  /* the whole screen is the button */
      event.preventDefault();
      go('GET', document.getElementById('wake').getAttribute('href'), null);
    } else if (!found) {
      return;
    } else if (found.hasAttribute('data-size')) {
      event.preventDefault();
      size = found.getAttribute('data-size');
      resize(size);
    } else if (found.hasAttribute('data-swap')) {
      event.preventDefault();
      go('GET', found.getAttribute('href'), null);
    } else if (does === 'print') {
      printing = true;
      window.print();
      printing = false;
    } else if (does === 'speak') {
      window.aloud.toggle(closest(found, '.quote'), found.querySelector('span'), words.stop);
    } else if (found.type === 'submit') {
      pressed = found;
    }
  }

  function submitted(event) {
    var form = event.target;
    var button = pressed && pressed.form === form ? pressed : null;
    pressed = null;
    event.preventDefault();
    if (form.hasAttribute('data-leave')) {
      wipe();
    } else {
      go('POST', form.getAttribute('action'), encoded(form, button));
    }
  }

  /* On paper the whole clause stands below the sentence that answers. */
  function openWhole(isOn) {
    var all = document.querySelectorAll('.main details.whole'), i;
    for (i = 0; i < all.length; i += 1) {
      if (isOn !== all[i].open && (isOn || all[i].forPrint)) {
        all[i].open = all[i].forPrint = isOn;
      }
    }
  }

  ['mousedown', 'touchstart', 'keydown', 'wheel', 'touchmove'].forEach(function (kind) {
    document.addEventListener(kind, function () {
      if (warning.hidden) {
        touched = Date.now();
      }
    }, false);
  });
  document.addEventListener('click', tapped);
  document.addEventListener('submit', submitted);
  document.addEventListener('contextmenu', function (event) { event.preventDefault(); });
  document.getElementById('stay').addEventListener('click', stay);
  document.getElementById('again').addEventListener('click', tryAgain);
  window.addEventListener('beforeprint', function () { printing = true; openWhole(true); });
  window.addEventListener('afterprint', function () { printing = false; openWhole(false); touched = Date.now(); });
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) {  /* a browser that kept a page which must not be kept */
      stage().innerHTML = '';
      window.location.replace(words.attract);
    }
  });
  window.setInterval(tick, 1000);
  if (window.navigator.serviceWorker && window.isSecureContext) {
    window.navigator.serviceWorker.register(words.worker, { scope: '/kiosk' });
  }
  if (stage().getAttribute('data-screen') === 'offline') {
    lineIsDown();
  }
  announce();
}(document, window));
