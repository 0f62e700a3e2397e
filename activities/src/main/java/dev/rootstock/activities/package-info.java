/** How one step of the plan is carried out, who serves which queue, and how records travel. */
package dev.rootstock.activities;
