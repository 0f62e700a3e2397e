/** Names for models, what a model is, and what was spent and saved. */
package dev.rootstock.activities.registry;
