// Package store keeps a ledger: one SQLite file with every record of a village.
package store

// Ledger is an open record book.
type Ledger struct{}
