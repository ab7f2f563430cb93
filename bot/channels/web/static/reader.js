// ES5, for old browsers. Every task works without it: it copies in one tap, and tidies up.
(function () {
  "use strict";
  var taken = document.getElementById("taken");

  function each(list, act) { for (var i = 0; i < list.length; i += 1) { act(list[i]); } }

  function above(element, name) {
    while (element && !(element.getAttribute && element.getAttribute("class") && (" " + element.getAttribute("class") + " ").indexOf(" " + name + " ") >= 0)) { element = element.parentNode; }
    return element;
  }

  function say(words) {
    taken.textContent = "";
    window.setTimeout(function () { taken.textContent = words; }, 50);
    window.clearTimeout(say.timer);
    say.timer = window.setTimeout(function () { taken.textContent = ""; }, 8000);
  }

  function copyOld(text) {
    var field = document.createElement("textarea"), done = false;
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "unseen";
    document.body.appendChild(field);
    field.select();
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    document.body.removeChild(field);
    return done;
  }

  function copy(text, done, failed) {
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(done, function () { if (copyOld(text)) { done(); } else { failed(); } });
    } else if (copyOld(text)) { done(); } else { failed(); }
  }

  // The words of a clause, its citation, and its link. Without a clipboard, the page that shows them opens.
  function take(link) {
    var entry = above(link, "entry") || above(link, "clause"), clause = entry.querySelector(".clause") || entry;
    var label = above(link, "cite").querySelector("summary").getAttribute("aria-label").slice(2);
    var article = document.querySelector(".document"), shared = article.getAttribute("data-before") + label + article.getAttribute("data-behind");
    var words = [];
    each(clause.querySelectorAll("p, h2, h3, h4, h5, h6, tr"), function (line) {
      if (line.tagName !== "TR") { words.push(line.textContent); return; }
      var cells = [];
      each(line.querySelectorAll("th, td"), function (cell) { if (!cell.querySelector(".cite")) { cells.push(cell.textContent); } });
      words.push("| " + cells.join(" | ") + " |");
    });
    copy(words.join("\n") + "\n——" + (link.getAttribute("data-source") || shared) + "\n" + link.parentNode.querySelector("[data-link]").href.replace(/&look=[^&]*/, ""),
      function () { above(link, "cite").removeAttribute("open"); say("已复制" + label + "，带出处和链接。"); },
      function () { window.location.href = link.href; });
  }

  document.addEventListener("click", function (event) {
    var target = event.target, cite = above(target, "cite");
    each(document.querySelectorAll(".cite[open]"), function (open) { if (open !== cite) { open.removeAttribute("open"); } });
    if (target.getAttribute("data-do") === "take") { event.preventDefault(); take(target); }
    if (target.getAttribute("data-do") === "copy") {
      var field = document.getElementById(target.getAttribute("data-from"));
      field.select();
      copy(field.value, function () { say("已复制，带出处和链接。"); }, function () { say("没能复制，请按住框里的字，全选，复制。"); });
    }
    if (above(target, "toc") && target.tagName === "A") { above(target, "toc").querySelector("details").removeAttribute("open"); }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" && event.keyCode !== 27) { return; }
    each(document.querySelectorAll(".cite[open]"), function (open) {
      open.removeAttribute("open");
      open.querySelector("summary").focus();
    });
  });

  // The contents show where the reader is.
  var toc = document.querySelector(".toc"), places = [], waiting = false, current = null;

  function follow() {
    var found = null;
    waiting = false;
    each(places, function (place) { if (place.heading.getBoundingClientRect().top < 120) { found = place.entry; } });
    if (found === current) { return; }
    if (current) { current.removeAttribute("aria-current"); }
    current = found;
    if (!current) { return; }
    current.setAttribute("aria-current", "location");
    if (current.offsetTop < toc.scrollTop || current.offsetTop > toc.scrollTop + toc.clientHeight - 60) { toc.scrollTop = current.offsetTop - 80; }
  }

  if (toc) {
    each(toc.querySelectorAll("a"), function (entry) {
      var heading = document.getElementById(entry.getAttribute("href").slice(1));
      if (heading) { places.push({ entry: entry, heading: heading }); }
    });
    window.addEventListener("scroll", function () {
      if (!waiting) { waiting = true; window.requestAnimationFrame(follow); }
    });
    follow();
  }

  document.documentElement.className += " scripted";

  // A site that does not know its own address: the browser does.
  each(document.querySelectorAll("[data-path]"), function (field) {
    var path = field.getAttribute("data-path");
    field.value = field.value.replace("\n" + path, "\n" + window.location.protocol + "//" + window.location.host + path);
  });
}());
