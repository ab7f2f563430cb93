/* 政策问答: a button and a frame for other sites. <script src="https://…/widget.js" defer></script>
   Nothing of the site's style gets in and nothing of ours gets out; no cookie, no storage, no request before it is
   opened. data-label, data-side="left" and data-colour may be set on the script tag. ES5, and no inline style. */
(function (document, window) {
  'use strict';
  var ORIGINS = [];
  var script = document.currentScript || document.querySelector('script[src*="/widget.js"]');
  var address = document.createElement('a');
  var here = window.location.protocol + '//' + window.location.host;
  var home, host, root, button, panel, frame;

  address.href = script.src;
  home = address.protocol + '//' + address.host;

  function say(sentence) {
    if (window.console && window.console.warn) {
      window.console.warn('政策问答 widget: ' + sentence);
    }
  }

  /* Styles set one by one: a site whose policy forbids inline styles lets these pass. */
  function style(element, rules) {
    var name;
    for (name in rules) {
      if (Object.prototype.hasOwnProperty.call(rules, name)) {
        element.style.setProperty(name, rules[name], 'important');
      }
    }
  }

  function make(tag, rules) {
    var made = document.createElement(tag);
    style(made, { all: 'initial' });
    style(made, rules);
    return made;
  }

  function side() {
    return script.getAttribute('data-side') === 'left' ? 'left' : 'right';
  }

  function place(rules) {
    rules.position = 'fixed';
    rules[side()] = '16px';
    rules['z-index'] = '2147483000';
    return rules;
  }

  function isOpen() {
    return button.getAttribute('aria-expanded') === 'true';
  }

  function name(open) {
    button.textContent = open ? '关闭' : script.getAttribute('data-label') || '问政策';
  }

  function open() {
    if (!frame.getAttribute('src')) {
      frame.setAttribute('src', home + '/embed');
    }
    button.setAttribute('aria-expanded', 'true');
    name(true);
    style(panel, { display: 'block' });
    frame.focus();
  }

  function close() {
    button.setAttribute('aria-expanded', 'false');
    name(false);
    style(panel, { display: 'none' });
    button.focus();
  }

  function build() {
    host = make('div', {});
    host.setAttribute('data-policy-qa', '');
    root = host.attachShadow ? host.attachShadow({ mode: 'open' }) : host;
    button = make('button', place({
      bottom: '16px', display: 'block', 'box-sizing': 'border-box', 'min-width': '104px', height: '56px', padding: '0 22px',
      color: '#fff', background: script.getAttribute('data-colour') || '#0f5144', border: '2px solid #fff', 'border-radius': '28px',
      font: '600 19px/1 "PingFang SC", "Microsoft YaHei", sans-serif', 'text-align': 'center', cursor: 'pointer',
      'box-shadow': '0 2px 10px rgba(0, 0, 0, .35)'
    }));
    panel = make('div', place({
      bottom: '84px', display: 'none', 'box-sizing': 'border-box', width: '400px', 'max-width': 'calc(100vw - 32px)',
      height: '640px', 'max-height': 'calc(100vh - 100px)', overflow: 'hidden', background: '#f6f2e9', border: '1px solid #857b69',
      'border-radius': '12px', 'box-shadow': '0 6px 28px rgba(0, 0, 0, .3)'
    }));
    frame = make('iframe', { display: 'block', width: '100%', height: '100%', border: '0' });
    button.type = 'button';
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-haspopup', 'dialog');
    panel.setAttribute('role', 'dialog');
    panel.setAttribute('aria-label', '政策问答');
    frame.title = '政策问答';
    frame.setAttribute('allow', 'clipboard-write');
    name(false);
    root.appendChild(button);  /* before the frame: Tab goes from the button into the conversation */
    panel.appendChild(frame);
    root.appendChild(panel);
    document.body.appendChild(host);
  }

  function listen() {
    button.addEventListener('click', function () {
      if (isOpen()) {
        close();
      } else {
        open();
      }
    });
    button.addEventListener('focus', function () { style(button, { outline: '3px solid #9c5200', 'outline-offset': '2px' }); });
    button.addEventListener('blur', function () { style(button, { outline: '0' }); });
    document.addEventListener('keydown', function (event) {
      if (isOpen() && (event.key === 'Escape' || event.keyCode === 27)) {
        close();
      }
    });
    window.addEventListener('message', function (event) {  /* Esc within the frame */
      if (event.origin === home && event.source === frame.contentWindow && event.data === 'policy-qa:close' && isOpen()) {
        close();
      }
    });
  }

  function start() {
    build();
    listen();
  }

  if (document.querySelector('[data-policy-qa]')) {
    say('写了两次，只用第一个。');
  } else if (ORIGINS.indexOf(here) < 0) {
    say('服务端的 EMBED_ORIGINS 没有列出 ' + here + '，所以不显示按钮；请写进去再重新启动。');
  } else if (document.body) {
    start();
  } else {
    document.addEventListener('DOMContentLoaded', start);
  }
}(document, window));
