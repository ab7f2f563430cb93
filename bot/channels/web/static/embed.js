/* The conversation in a frame of another site: Esc asks that site to close it. */
(function (document, window) {
  'use strict';
  document.addEventListener('keydown', function (event) {
    if ((event.key === 'Escape' || event.keyCode === 27) && window.parent !== window) {
      window.parent.postMessage('policy-qa:close', '*');  /* says nothing that is not known */
    }
  });
}(document, window));
