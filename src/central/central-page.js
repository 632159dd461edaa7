// central-page.js: what makes the form of the public page quicker to fill in
//
// Everything works without it: it only adds buttons, marks the map without asking
// the service for the form again, and shows the photo.
//
// SPDX-License-Identifier: GPL-3.0-or-later

(function () {
  'use strict';

  var MAX_PHOTO_BYTES = 15 * 1024 * 1024;
  var CHINA_MS = 8 * 3600 * 1000;

  var form = document.querySelector('form.form');
  if (!form)
    return;
  var map = document.getElementById('map');
  var point = document.getElementById('point');
  var seen = document.getElementById('seen');
  var photo = document.getElementById('photo');

  function addButton(after, label, action) {
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'small';
    button.textContent = label;
    button.addEventListener('click', function () { action(button); });
    after.insertAdjacentElement('afterend', button);
    return button;
  }

  // A sentence below what it is about; none takes it away.
  function say(element, sentence) {
    var old = element.parentNode.querySelector('.fault.said');
    if (old)
      old.remove();
    if (!sentence)
      return;
    var line = document.createElement('p');
    line.className = 'fault said';
    line.setAttribute('role', 'alert');
    line.textContent = sentence;
    element.insertAdjacentElement('afterend', line);
  }

  function mark(lat, lon) {
    point.value = lat.toFixed(4) + ', ' + lon.toFixed(4);
    if (map)
      map.src = map.src.replace(/&at=.*$/, '') + '&at=' + lat.toFixed(4) + ',' + lon.toFixed(4);
  }

  function mercator(lat) {
    return Math.asinh(Math.tan(lat * Math.PI / 180));
  }

  if (map) {
    map.classList.add('wide');
    map.addEventListener('click', function (event) {
      // Pressed by a key: nowhere on it.
      if (event.detail === 0 && event.clientX === 0 && event.clientY === 0)
        return event.preventDefault();
      var box = map.getBoundingClientRect();
      var side = map.dataset;
      var x = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
      var y = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
      var top = mercator(+side.north), bottom = mercator(+side.south);
      var west = +side.west, width = (+side.east - west + 360) % 360;
      var lon = west + x * width;
      event.preventDefault();
      mark(Math.atan(Math.sinh(top + y * (bottom - top))) * 180 / Math.PI,
           lon >= 180 ? lon - 360 : lon);
    });
  }

  if (navigator.geolocation && window.isSecureContext) {
    var here = addButton(point, form.dataset.here, function (button) {
      button.disabled = true;
      say(here, '');
      navigator.geolocation.getCurrentPosition(function (position) {
        button.disabled = false;
        mark(position.coords.latitude, position.coords.longitude);
      }, function () {
        button.disabled = false;
        say(here, form.dataset.nowhere);
      }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
    });
  }

  addButton(seen, form.dataset.now, function () {
    seen.value = new Date(Date.now() + CHINA_MS).toISOString().slice(0, 16);
  });

  photo.addEventListener('change', function () {
    var old = form.querySelector('.preview');
    var file = photo.files[0];
    if (old) {
      URL.revokeObjectURL(old.src);
      old.remove();
    }
    say(photo, '');
    if (!file)
      return;
    if (file.size > MAX_PHOTO_BYTES) {
      photo.value = '';
      say(photo, form.dataset.large);
      return;
    }
    var picture = document.createElement('img');
    picture.className = 'preview';
    picture.alt = '';
    picture.src = URL.createObjectURL(file);
    picture.addEventListener('error', function () { picture.remove(); });
    photo.insertAdjacentElement('afterend', picture);
  });

  // Pressed twice it is still one tip; this only spares the waiting.
  var isSending = false;
  form.addEventListener('submit', function (event) {
    if (isSending)
      event.preventDefault();
    isSending = true;
  });
  window.addEventListener('pageshow', function () { isSending = false; });
})();
