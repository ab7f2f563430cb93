/* The conversation without reloading. The page works without this script: every task is a form or a link,
   and what comes back here is what those forms would have shown. ES5: phones keep old browsers for years. */
(function (document, window) {
  'use strict';
  var root = document.documentElement;
  var ask = document.getElementById('ask');
  var next = document.getElementById('next');
  var field = document.getElementById('q');
  var turns = document.getElementById('turns');
  var news = document.getElementById('news');
  var words = turns.dataset;
  var PATIENCE = 20000;
  var composing = false;
  var waiting = null;

  root.className += ' scripted';

  /* What a form sends, as a browser would send it. */
  function encoded(form, more) {
    var pairs = [], fields = form.elements, i;
    function add(name, value) {
      pairs.push(encodeURIComponent(name) + '=' + encodeURIComponent(value));
    }
    for (i = 0; i < fields.length; i += 1) {
      if (fields[i].name && fields[i].type !== 'submit' && fields[i].name !== 'q') {
        add(fields[i].name, fields[i].value);
      }
    }
    for (i = 0; i < more.length; i += 1) {
      add(more[i][0], more[i][1]);
    }
    return pairs.join('&');
  }

  /* Sends a form; hands on the element of the page that came back, or null where none did. */
  function send(form, more, selector, done) {
    var request = new XMLHttpRequest();
    request.open('POST', form.getAttribute('action'));
    request.responseType = 'document';
    request.timeout = PATIENCE;
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    request.onloadend = function () {
      var page = request.response;
      var found = page && page.querySelector ? page.querySelector(selector) : null;
      done(found ? document.importNode(found, true) : null, request.status);
    };
    request.send(encoded(form, more));
  }

  function say(sentence) {
    news.textContent = sentence || '';
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  /* The question as it was sent, until its answer is there. */
  function pending(question) {
    var turn = element('section', 'turn', '');
    turn.appendChild(element('h2', 'asked', question));
    turn.appendChild(element('p', 'waiting', words.waiting));
    return turn;
  }

  function set(name, value) {
    [ask, next].forEach(function (form) {
      form.elements[name].value = value;
    });
  }

  /* With the first question, what was offered folds up below the conversation. */
  function start() {
    var more = document.getElementById('more');
    if (root.className.indexOf(' started') < 0) {
      root.className += ' started';
    }
    if (more.className !== 'more') {
      more.className = 'more';
      more.open = false;
    }
  }

  /* A turn that fits is shown above the field, as in any chat; a longer one from its beginning. */
  function bring(turn) {
    var stage = document.querySelector('.stage').getBoundingClientRect();
    if (turn.offsetHeight + ask.offsetHeight < window.innerHeight) {
      window.scrollBy(0, stage.bottom - window.innerHeight);
    } else {
      turn.scrollIntoView();
    }
  }

  function goOn(turn) {
    var answer = turn.getAttribute('data-answer');
    if (turn.getAttribute('data-conversation')) {
      set('conversation_id', turn.getAttribute('data-conversation'));
    }
    if (answer) {
      set('after', answer);
      if (window.history.replaceState && window.top === window) {  /* a frame stays at the address that may be framed */
        window.history.replaceState(null, '', turn.getAttribute('data-address'));
      }
    }
  }

  function show(turn) {
    var answer = turn.querySelector('.answer');
    goOn(turn);
    answer.focus({ preventScroll: true });
    bring(turn);
  }

  /* Asks; what is being typed meanwhile stays. A question that could not be sent comes back into the field. */
  function put(form, question, isTyped) {
    var shown;
    if (waiting) {
      return;
    }
    waiting = shown = pending(question);
    window.aloud.stop();
    turns.appendChild(shown);
    start();
    root.className += ' busy';  /* what stands below must not be seen to move when the answer comes */
    bring(shown);
    say(words.waiting);
    if (isTyped) {
      field.value = '';
      fit();
    }
    send(form, [['q', question], ['part', 'turn']], '.turn', function (turn, status) {
      waiting = null;
      root.className = root.className.replace(' busy', '');
      say('');
      if (status === 422 || status === 429) {  /* the page says what is wrong */
        field.value = question;
        ask.submit();
        return;
      }
      if (turn) {
        turns.replaceChild(turn, shown);
        show(turn);
        return;
      }
      shown.removeChild(shown.lastChild);
      shown.appendChild(element('p', 'unusable', words.lost));
      say(words.lost);
      if (isTyped && !field.value) {
        field.value = question;
        fit();
      }
      field.focus();
    });
  }

  function sendTyped(event) {
    var question = field.value.replace(/^\s+|\s+$/g, '');
    if (composing || waiting) {
      event.preventDefault();
      return;
    }
    if (question && question.length <= field.maxLength) {
      event.preventDefault();
      put(ask, question, true);
    }
  }

  /* Old browsers do not let a field grow by style alone. */
  function fit() {
    if (window.CSS && window.CSS.supports && window.CSS.supports('field-sizing', 'content')) {
      return;
    }
    field.rows = Math.min(4, 1 + Math.floor(field.value.length / 16));
  }

  function listen() {
    field.addEventListener('compositionstart', function () { composing = true; });
    field.addEventListener('compositionend', function () { composing = false; });
    field.addEventListener('input', fit);
    field.addEventListener('keydown', function (event) {
      if (event.keyCode !== 13 || event.shiftKey || event.isComposing || composing) {
        return;  /* 229 instead of 13: the Enter belongs to the input method */
      }
      event.preventDefault();
      sendTyped(event);
    });
    ask.addEventListener('submit', sendTyped);
    document.addEventListener('click', tapped);
    document.addEventListener('submit', judged);
    window.addEventListener('beforeprint', function () { openAll(true); });
    window.addEventListener('afterprint', function () { openAll(false); });
    window.addEventListener('pagehide', function () {
      window.aloud.stop();
      if (window.history.replaceState) {  /* what is not sent yet stays with this tab, for Back */
        window.history.replaceState(field.value ? { draft: field.value } : null, '');
      }
    });
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
    var button = closest(event.target, 'button[name=q], [data-do], form.judge button');
    var does;
    if (!button) {
      return;
    }
    does = button.getAttribute('data-do');
    if (button.name === 'q') {
      event.preventDefault();
      put(next, button.value, false);
    } else if (does === 'copy') {
      copy(closest(button, 'details').querySelector('.take'));
    } else if (does === 'print') {
      print(closest(button, '.turn'));
    } else if (does === 'speak') {
      window.aloud.toggle(closest(button, '.quote'), button.querySelector('span'), words.stop);
    } else {
      button.form.pressed = button.value;
    }
  }

  function judged(event) {
    var form = event.target;
    var area = closest(form, '.judged');
    var more = [['part', 'judged']];
    if (!area) {
      return;
    }
    event.preventDefault();
    if (form.pressed) {
      more.push(['helpful', form.pressed]);
      if (form.pressed === '0') {
        area.className += ' roomy';
      }
    }
    send(form, more, '.judged', function (told) {
      var reason;
      if (!told) {
        say(words.lost);
        return;
      }
      area.parentNode.replaceChild(told, area);
      reason = told.querySelector('input[name=reason]');
      if (reason) {
        reason.focus();
      } else {
        told.setAttribute('tabindex', '-1');
        told.focus();
      }
    });
  }

  /* Copies a box of text; it stays open below, marked, for browsers that refuse. */
  function copy(box) {
    var address = box.querySelector('.address');
    function tell(done) {
      say(done ? words.copied : words.uncopied);
      box.setAttribute('data-told', done ? words.copied : words.uncopied);
    }
    function byHand() {
      var range = document.createRange(), selection = window.getSelection();
      range.selectNodeContents(box);
      selection.removeAllRanges();
      selection.addRange(range);
      tell(document.execCommand('copy'));
    }
    if (!/:\/\//.test(address.textContent)) {
      address.textContent = window.location.protocol + '//' + window.location.host + address.textContent;
    }
    if (window.navigator.clipboard && window.isSecureContext) {
      window.navigator.clipboard.writeText(box.textContent).then(function () { tell(true); }, byHand);
    } else {
      window.setTimeout(byHand, 0);  /* after the box has opened */
    }
  }

  function openAll(isPrinting) {
    var all = document.querySelectorAll('details.whole'), i;
    for (i = 0; i < all.length; i += 1) {
      if (isPrinting && !all[i].open) {
        all[i].open = all[i].forPrint = true;
      } else if (!isPrinting && all[i].forPrint) {
        all[i].open = all[i].forPrint = false;
      }
    }
  }

  function print(turn) {
    turn.className += ' printed';
    root.className += ' printing';
    window.print();
    root.className = root.className.replace(' printing', '');
    turn.className = turn.className.replace(' printed', '');
  }

  if (!field.value && window.history.state && window.history.state.draft) {
    field.value = window.history.state.draft;
  }
  listen();
  fit();
}(document, window));
