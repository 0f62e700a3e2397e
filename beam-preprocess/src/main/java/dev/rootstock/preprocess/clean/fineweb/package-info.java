/** FineWeb's own rules (Penedo et al., 2024). */
package dev.rootstock.preprocess.clean.fineweb;
