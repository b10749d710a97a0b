package store

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// warnings are what was found damaged and passed over since the ledger was opened.
type warnings struct {
	mu  sync.Mutex
	all []string
}

// Warn notes, once, that something beside the records could not be read and what holds
// in its place: a damaged setting must keep nobody from his records. text is a Chinese
// sentence.
func (i Inside) Warn(text string) { i.l.warn(text) }

func (l *Ledger) warn(text string) {
	l.warnings.mu.Lock()
	defer l.warnings.mu.Unlock()
	if !slices.Contains(l.warnings.all, text) {
		l.warnings.all = append(l.warnings.all, text)
	}
}

// Warnings gives what was found damaged and passed over so far, each once: Chinese
// sentences in the order in which they were found.
func (l *Ledger) Warnings() []string {
	l.warnings.mu.Lock()
	defer l.warnings.mu.Unlock()
	return slices.Clone(l.warnings.all)
}

// onlyHome gives the one organisation whose records these are, nil where there are none
// or several: then only the setting can tell which is the ledger's own.
func (l *Ledger) onlyHome(ctx context.Context) (*model.Record, error) {
	kind := l.book.Org.Kind
	ids, err := raw.Texts(ctx, l.readers, "SELECT DISTINCT org_id FROM "+raw.Quote(kind))
	if err != nil || len(ids) != 1 {
		return nil, err
	}
	home, err := l.record(ctx, l.readers, l.tables[kind], ids[0])
	if err != nil {
		return nil, fmt.Errorf("home: %w", err)
	}
	return home, nil
}
