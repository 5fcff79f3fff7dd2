/** What is measured, a class each; {@link Room} is what most of them are made of. */
package io.parley.loadtests.bench.measure;
