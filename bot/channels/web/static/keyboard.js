/* The kiosk's own pinyin keyboard: letters or initials in, words of the library first. No input method of the
   system is needed, and nothing that is typed is learnt or kept. ES5. */
(function (document, window) {
  'use strict';
  var ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
  var NAMES = { back: '退格', clear: '全删', comma: '，', ask: '？', before: '上一页', after: '下一页' };
  var MOST = 60;
  var LONGEST = 24;
  var words = [];      /* the likeliest first */
  var sounds = {};     /* character → its syllables */
  var characters = {}; /* syllable → its characters */
  var byLetter = {};   /* first letter → places in words */
  var whole = {};      /* all letters of a word → places in words */
  var typed = '';
  var found = [];
  var first = 0;
  var field = null;
  var board = null;
  var line = null;
  var choices = null;

  function put(table, key, value) {
    if (!Object.prototype.hasOwnProperty.call(table, key)) {
      table[key] = [];
    }
    if (table[key][table[key].length - 1] !== value) {
      table[key].push(value);
    }
  }

  /* All ways to spell a word, at most eight. */
  function spellings(word) {
    var all = [''], i, j, k, longer, own;
    for (i = 0; i < word.length; i += 1) {
      own = sounds[word.charAt(i)] || [];
      longer = [];
      for (j = 0; j < all.length; j += 1) {
        for (k = 0; k < own.length && longer.length < 8; k += 1) {
          longer.push(all[j] + own[k]);
        }
      }
      all = longer;
    }
    return all;
  }

  function learn(file) {
    var syllable, i, j, all;
    characters = file.characters;
    words = file.words.split(' ');
    for (syllable in characters) {
      if (Object.prototype.hasOwnProperty.call(characters, syllable)) {
        for (i = 0; i < characters[syllable].length; i += 1) {
          put(sounds, characters[syllable].charAt(i), syllable);
        }
      }
    }
    for (i = 0; i < words.length; i += 1) {
      all = spellings(words[i]);
      for (j = 0; j < all.length; j += 1) {
        put(whole, all[j], i);
        put(byLetter, all[j].charAt(0), i);
      }
    }
  }

  /* How many characters of a word are left when letters are used up, each character by one letter or more of its
     syllable; -1 where they do not fit. */
  function left(word, at, letters, from) {
    var own, i, length, rest, best = -1;
    if (from === letters.length) {
      return word.length - at;
    }
    if (at === word.length) {
      return -1;
    }
    own = sounds[word.charAt(at)] || [];
    for (i = 0; i < own.length; i += 1) {
      length = 0;
      while (length < own[i].length && own[i].charAt(length) === letters.charAt(from + length)) {
        length += 1;
      }
      for (; length > 0; length -= 1) {
        rest = left(word, at + 1, letters, from + length);
        if (rest >= 0 && (best < 0 || rest < best)) {
          best = rest;
        }
      }
    }
    return best;
  }

  /* The fewest words that letters spell out, the likeliest of them; null where they do not. */
  function sentence(letters) {
    var best = [{ cost: 0, text: '', parts: 0 }], from, to, key, own, cost;
    for (to = 1; to <= letters.length; to += 1) {
      best[to] = null;
      for (from = Math.max(0, to - LONGEST); from < to; from += 1) {
        key = letters.slice(from, to);
        if (best[from]) {
          own = whole[key] ? words[whole[key][0]] : characters[key] ? characters[key].charAt(0) : '';
          cost = best[from].cost + 1 + (whole[key] ? whole[key][0] / words.length : 1.5);
          if (own && (!best[to] || cost < best[to].cost)) {
            best[to] = { cost: cost, text: best[from].text + own, parts: best[from].parts + 1 };
          }
        }
      }
    }
    return best[letters.length];
  }

  /* What letters may stand for, the likeliest first: [text, letters used up]. */
  function candidates(letters) {
    var all = [], seen = {}, fitting = [], i, rest, own, made, length, key;
    function add(text, used) {
      if (text && !seen['+' + text] && all.length < MOST) {
        seen['+' + text] = true;
        all.push([text, used]);
      }
    }
    if (!letters) {
      return all;
    }
    own = byLetter[letters.charAt(0)] || [];
    for (i = 0; i < own.length; i += 1) {
      rest = left(words[own[i]], 0, letters, 0);
      if (rest >= 0) {
        fitting.push([own[i] + (rest ? own[i] * 0.6 + 40 * rest : 0), own[i]]);
      }
    }
    fitting.sort(function (a, b) { return a[0] - b[0]; });
    made = sentence(letters);
    if (whole[letters]) {
      for (i = 0; i < whole[letters].length && i < 4; i += 1) {
        add(words[whole[letters][i]], letters.length);
      }
    }
    if (made && (made.parts > 1 || letters.length > 1 && !fitting.length)) {
      add(made.text, letters.length);
    }
    if (characters[letters]) {
      add(characters[letters].charAt(0), letters.length);
    }
    for (i = 0; i < fitting.length && i < 30; i += 1) {
      add(words[fitting[i][1]], letters.length);
    }
    for (length = letters.length; length > 0; length -= 1) {
      key = letters.slice(0, length);
      for (i = 0; length < letters.length && whole[key] && i < whole[key].length && i < 6; i += 1) {
        add(words[whole[key][i]], length);
      }
    }
    for (length = letters.length; length > 0; length -= 1) {
      key = letters.slice(0, length);
      for (i = 0; characters[key] && i < characters[key].length && i < 30; i += 1) {
        add(characters[key].charAt(i), length);
      }
    }
    if (!fitting.length || all.length < MOST) {
      all.push([letters, letters.length]);  /* the letters themselves */
    }
    return all;
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function key(value, name, className) {
    var made = element('button', 'key ' + (className || ''), name);
    made.type = 'button';
    made.setAttribute('data-key', value);
    return made;
  }

  function choice(place) {
    var made = element('button', 'candidate', found[place][0]);
    made.type = 'button';
    made.setAttribute('data-choice', place);
    return made;
  }

  /* Candidates from one on, as many as fit into two rows. They are laid out once and then counted. */
  function showFrom(place) {
    var fragment = document.createDocumentFragment(), end = Math.min(found.length, place + 16), i, last;
    first = place;
    for (i = place; i < end; i += 1) {
      fragment.appendChild(choice(i));
    }
    choices.textContent = '';
    choices.appendChild(fragment);
    for (last = choices.lastChild; last && last !== choices.firstChild; last = choices.lastChild) {
      if (last.offsetTop + last.offsetHeight <= choices.clientHeight) {
        break;
      }
      choices.removeChild(last);
      end -= 1;
    }
    choices.next = end;
    board.querySelector('[data-key=before]').disabled = place === 0;
    board.querySelector('[data-key=after]').disabled = end >= found.length;
  }

  function refresh() {
    var i;
    found = candidates(typed);
    if (!typed) {  /* to begin with: what staff offer first */
      for (i = 0; i < words.length && i < 12; i += 1) {
        found.push([words[i], 0]);
      }
    }
    line.textContent = typed;
    showFrom(0);
  }

  function write(text) {
    field.value = (field.value + text).slice(0, field.maxLength);
    field.scrollTop = field.scrollHeight;
  }

  function take(place) {
    write(found[place][0]);
    typed = typed.slice(found[place][1]);
    refresh();
  }

  function back() {
    var last;
    if (typed) {
      typed = typed.slice(0, -1);
    } else {
      last = field.value.length - (/[\ud800-\udbff][\udc00-\udfff]$/.test(field.value) ? 2 : 1);
      field.value = field.value.slice(0, Math.max(0, last));
    }
    refresh();
  }

  function press(value) {
    if (value === 'back') {
      back();
    } else if (value === 'clear') {
      typed = '';
      field.value = '';
      refresh();
    } else if (value === 'before') {
      before();
    } else if (value === 'after') {
      showFrom(choices.next);
    } else if (/^[a-z]$/.test(value)) {
      if (typed.length < LONGEST) {
        typed += value;
        refresh();
      }
    } else {
      if (typed && found.length) {  /* a figure or a mark ends the word before it */
        take(0);
      }
      write(NAMES[value] || value);
    }
  }

  function before() {
    var place = 0, last = 0;
    while (place < first) {
      last = place;
      showFrom(place);
      place = choices.next;
    }
    showFrom(last);
  }

  function build() {
    var bar = element('div', 'bar-of-words', ''), i, j, row;
    board.innerHTML = '';
    board.className = 'keyboard';
    board.setAttribute('role', 'group');
    board.setAttribute('aria-label', '拼音键盘');
    line = element('p', 'typed', '');
    choices = element('div', 'candidates', '');
    bar.appendChild(key('before', '‹', 'turn-page'));
    bar.appendChild(choices);
    bar.appendChild(key('after', '›', 'turn-page'));
    bar.firstChild.setAttribute('aria-label', NAMES.before);
    bar.lastChild.setAttribute('aria-label', NAMES.after);
    board.appendChild(line);
    board.appendChild(bar);
    for (i = 0; i < ROWS.length; i += 1) {
      row = element('div', 'keys', '');
      if (i === 3) {
        row.appendChild(key('clear', NAMES.clear, 'wide'));
      }
      for (j = 0; j < ROWS[i].length; j += 1) {
        row.appendChild(key(ROWS[i].charAt(j), ROWS[i].charAt(j), i ? '' : 'digit'));
      }
      if (i === 2) {
        row.appendChild(key('ask', NAMES.ask));
      }
      if (i === 3) {
        row.appendChild(key('back', NAMES.back, 'wide'));
      }
      board.appendChild(row);
    }
  }

  function open() {
    if (board && board.hidden) {
      board.hidden = false;
      refresh();
      if (document.getElementById('stage').getAttribute('data-screen') !== 'home') {
        board.scrollIntoView(false);
      }
    }
  }

  function attach() {
    board = document.getElementById('keyboard');
    field = document.getElementById('q');
    typed = '';
    if (!board) {
      return;
    }
    field.setAttribute('inputmode', 'none');  /* ours is open; the system's stays away */
    build();
    field.addEventListener('focus', open);
    field.addEventListener('click', open);
    if (document.getElementById('stage').getAttribute('data-screen') === 'home') {
      open();
    }
  }

  function load() {
    var request = new XMLHttpRequest();
    request.open('GET', document.body.getAttribute('data-words'));
    request.onload = function () {
      if (request.status === 200) {
        learn(JSON.parse(request.responseText));
        if (board && !board.hidden) {
          refresh();
        }
      }
    };
    request.send();
  }

  document.addEventListener('click', function (event) {
    var at = event.target, value;
    if (board && at.className === 'go' && typed) {  /* what is spelt but not chosen is meant, too */
      take(0);
    }
    if (!board || !board.contains(at) || at.tagName !== 'BUTTON') {
      return;
    }
    value = at.getAttribute('data-key');
    if (value) {
      press(value);
    } else {
      take(Number(at.getAttribute('data-choice')));
    }
  });
  document.addEventListener('screen', attach);
  attach();
  load();
}(document, window));
