/**
 * People and conversations, written straight into the database, and tokens signed with the key of the installation: to hash
 * ten thousand passwords is not what is measured. It knows the tables, and nothing of the server's classes.
 */
package io.parley.loadtests.bench.seed;
