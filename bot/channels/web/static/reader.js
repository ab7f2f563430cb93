/* The reader. Every task works without this script: it copies in one tap, closes what was opened, and shows in the
   contents where one is. ES5: phones keep old browsers for years. */
(function (document, window) {
  'use strict';
  var PATIENCE = 8000;
  var taken = document.getElementById('taken');
  var toc = document.querySelector('.toc');
  var places = [];
  var current = null;
  var waiting = false;
  var silent = null;

  document.documentElement.className += ' scripted';

  function each(list, act) {
    var i;
    for (i = 0; i < list.length; i += 1) {
      act(list[i]);
    }
  }

  /* The element itself or the nearest one around it that has a class; null where none does. */
  function around(element, name) {
    while (element && element.nodeType === 1) {
      if ((' ' + element.className + ' ').indexOf(' ' + name + ' ') >= 0) {
        return element;
      }
      element = element.parentNode;
    }
    return null;
  }

  function say(sentence) {
    taken.textContent = '';
    window.clearTimeout(silent);
    window.setTimeout(function () { taken.textContent = sentence; }, 50);
    silent = window.setTimeout(function () { taken.textContent = ''; }, PATIENCE);
  }

  /* Copies as browsers did before there was a clipboard to write to; whether it worked. */
  function copiedByCommand(text) {
    var field = document.createElement('textarea'), worked = false;
    field.value = text;
    field.setAttribute('readonly', '');
    field.className = 'unseen';
    document.body.appendChild(field);
    field.select();
    try {
      worked = document.execCommand('copy');
    } catch (error) {
      worked = false;
    }
    document.body.removeChild(field);
    return worked;
  }

  function copy(text, done, failed) {
    function byCommand() {
      (copiedByCommand(text) ? done : failed)();
    }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(done, byCommand);
    } else {
      byCommand();
    }
  }

  /* A row of a table as its text has it, without what can be tapped. */
  function rowOf(line) {
    var cells = [];
    each(line.querySelectorAll('th, td'), function (cell) {
      if (!cell.querySelector('.cite')) {
        cells.push(cell.textContent);
      }
    });
    return '| ' + cells.join(' | ') + ' |';
  }

  function wordsOf(clause) {
    var lines = [];
    each(clause.querySelectorAll('p, h2, h3, h4, h5, h6, tr'), function (line) {
      lines.push(line.tagName === 'TR' ? rowOf(line) : line.textContent);
    });
    return lines.join('\n');
  }

  /* Copies a clause with its citation and link. Where nothing can be copied, the page that shows them opens. */
  function take(link) {
    var cite = around(link, 'cite');
    var entry = around(link, 'entry');
    var clause = entry ? entry.querySelector('.clause') : around(link, 'clause');
    var article = around(link, 'document');
    var label = cite.querySelector('summary').getAttribute('aria-label').slice('引用'.length);
    var source = link.getAttribute('data-source') ||
      article.getAttribute('data-before') + label + article.getAttribute('data-behind');
    var address = cite.querySelector('[data-link]').href.replace(/&look=[^&]*/, '');
    copy(wordsOf(clause) + '\n——' + source + '\n' + address, function () {
      cite.removeAttribute('open');
      say('已复制' + label + '，带出处和链接。');
    }, function () {
      window.location.href = link.href;
    });
  }

  function copyField(field) {
    field.select();
    copy(field.value, function () {
      say('已复制，带出处和链接。');
    }, function () {
      say('没能复制，请按住框里的字，全选，复制。');
    });
  }

  function closeAllBut(kept) {
    each(document.querySelectorAll('.cite[open]'), function (open) {
      if (open !== kept) {
        open.removeAttribute('open');
      }
    });
  }

  document.addEventListener('click', function (event) {
    var target = event.target, contents = around(target, 'toc'), task = target.getAttribute('data-do');
    closeAllBut(around(target, 'cite'));
    if (task === 'take') {
      event.preventDefault();
      take(target);
    } else if (task === 'copy') {
      copyField(document.getElementById(target.getAttribute('data-from')));
    } else if (contents && around(target, 'goes')) {
      contents.querySelector('details').removeAttribute('open');
    }
  });

  document.addEventListener('keydown', function (event) {
    var open = document.querySelector('.cite[open]');
    if (open && (event.key === 'Escape' || event.keyCode === 27)) {
      closeAllBut(null);
      open.querySelector('summary').focus();
    }
  });

  /* Marks the entry of the contents that one is reading, and keeps it in sight. */
  function follow() {
    var found = null;
    waiting = false;
    each(places, function (place) {
      if (place.heading.getBoundingClientRect().top < 120) {
        found = place.entry;
      }
    });
    if (found === current) {
      return;
    }
    if (current) {
      current.removeAttribute('aria-current');
    }
    current = found;
    if (current) {
      current.setAttribute('aria-current', 'location');
      if (current.offsetTop < toc.scrollTop || current.offsetTop > toc.scrollTop + toc.clientHeight - 60) {
        toc.scrollTop = current.offsetTop - 80;
      }
    }
  }

  if (toc) {
    each(toc.querySelectorAll('a'), function (entry) {
      var heading = document.getElementById(entry.getAttribute('href').slice(1));
      if (heading) {
        places.push({entry: entry, heading: heading});
      }
    });
    window.addEventListener('scroll', function () {
      if (!waiting) {
        waiting = true;
        window.requestAnimationFrame(follow);
      }
    });
    follow();
  }

  /* A site that does not know its own address: the browser does. */
  each(document.querySelectorAll('[data-path]'), function (field) {
    var path = field.getAttribute('data-path');
    field.value = field.value.replace('\n' + path, '\n' + window.location.protocol + '//' + window.location.host + path);
  });
}(document, window));
