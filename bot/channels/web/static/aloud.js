/* Reads a quote aloud: only by a Chinese voice that is on the device itself, and only when asked. The class `voiced`
   tells the style that there is one. ES5: kiosks and old phones keep old browsers. */
(function (document, window) {
  'use strict';
  var root = document.documentElement;
  var reading = null;

  function voice() {
    var voices = window.speechSynthesis.getVoices(), i;
    for (i = 0; i < voices.length; i += 1) {
      if (voices[i].localService && /^zh/i.test(voices[i].lang)) {
        return voices[i];
      }
    }
    return null;
  }

  function stop() {
    if (reading) {
      reading.label.textContent = reading.name;
      reading.said.onend = reading.said.onerror = null;
      reading = null;
      window.speechSynthesis.cancel();
    }
  }

  /* Reads the sentence of a quote, or stops it where it is being read. While it is, the label says `stopWord`. */
  function toggle(quote, label, stopWord) {
    var isRead = reading && reading.label === label, text, said;
    stop();
    if (isRead) {
      return;
    }
    text = quote.querySelector('.sentence') || quote.querySelector('blockquote');
    said = new window.SpeechSynthesisUtterance(text.textContent);
    said.voice = voice();
    said.lang = said.voice.lang;
    reading = { said: said, label: label, name: label.textContent };
    said.onend = said.onerror = stop;
    label.textContent = stopWord;
    window.speechSynthesis.speak(said);
  }

  function isReading() {
    return reading !== null && window.speechSynthesis.speaking;
  }

  function look() {
    if (voice() && root.className.indexOf(' voiced') < 0) {
      root.className += ' voiced';
    }
  }

  if (window.speechSynthesis && window.SpeechSynthesisUtterance) {
    look();
    window.speechSynthesis.onvoiceschanged = look;
  }
  window.aloud = { toggle: toggle, stop: stop, isReading: isReading };
}(document, window));
