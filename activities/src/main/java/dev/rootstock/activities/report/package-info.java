/** What a run leaves for people: events, results, its report, the catalog of all runs. */
package dev.rootstock.activities.report;
