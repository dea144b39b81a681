// The way from an embedded page to the page itself, with the same design.
const open = document.getElementById("embed-open");
const follow = () => {
  open.href = `./${location.hash}`;
};
follow();
addEventListener("hashchange", follow);
