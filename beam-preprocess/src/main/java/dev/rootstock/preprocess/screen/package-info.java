/** Documents that hold a passage of a finetune's test rows. */
package dev.rootstock.preprocess.screen;
