/** What a request would reuse, and what the rest would cost. */
package dev.rootstock.activities.forecast;
