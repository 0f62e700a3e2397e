/** A request made definite: files found and pinned, every choice decided, every stage named. */
package dev.rootstock.activities.request;
