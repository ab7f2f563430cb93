/* What a kiosk shows when its line is down and the page is opened anew: one screen that says so and tries again.
   SHELL and KEPT stand above this, written by the server: the screen and what it loads, and the name of this
   keeping. Nothing else is ever kept: no question, no answer. ES5. */
(function (scope) {
  'use strict';
  var OUT_OF_REACH = [502, 503, 504];  /* what a proxy says when nobody answers behind it; our own answers bear an id */

  function own(url) {
    return url.replace(scope.location.origin, '');
  }

  function screen() {
    return scope.caches.match(SHELL[0]);
  }

  function opened(request) {
    return scope.fetch(request).then(function (response) {
      var isOurs = OUT_OF_REACH.indexOf(response.status) < 0 || response.headers.get('X-Request-ID');
      return isOurs ? response : screen();
    }, screen);
  }

  function kept(request) {
    return scope.caches.match(request).then(function (found) {
      return found || scope.fetch(request);
    });
  }

  scope.addEventListener('install', function (event) {
    event.waitUntil(scope.caches.open(KEPT).then(function (cache) {
      return cache.addAll(SHELL);
    }).then(function () {
      return scope.skipWaiting();
    }));
  });

  scope.addEventListener('activate', function (event) {
    event.waitUntil(scope.caches.keys().then(function (names) {
      return Promise.all(names.map(function (name) {
        return name === KEPT ? null : scope.caches['delete'](name);
      }));
    }).then(function () {
      return scope.clients.claim();
    }));
  });

  scope.addEventListener('fetch', function (event) {
    if (event.request.mode === 'navigate' && event.request.method === 'GET') {
      event.respondWith(opened(event.request));
    } else if (SHELL.indexOf(own(event.request.url)) > 0) {
      event.respondWith(kept(event.request));
    }
  });
}(self));
