/** What a device can do: the seam above which every backend is alike. */
package dev.rootstock.training.backend;
