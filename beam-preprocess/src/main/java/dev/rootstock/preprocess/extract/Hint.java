package dev.rootstock.preprocess.extract;

/** What an element's tag and names say of its content. It is weighed and never obeyed. */
enum Hint {
  NONE,
  /** The body of an article and little else. */
  BODY,
  /** The place where the main content is. */
  MAIN,
  /** What readers wrote below. */
  COMMENTS,
  /** Menus, teasers, shares, notices, advertisements. */
  ASIDE,
  /** What a page keeps from its readers, or shows to some only. */
  HIDDEN,
  /** Questions about cookies and consent, often longer than the article. */
  NOTICE,
  /** Like an aside, unless it reads like prose. */
  LOOSE,
  /** Who wrote it, when, under which heading; captions and credits. */
  ABOUT
}
