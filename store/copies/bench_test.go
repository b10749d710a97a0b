package copies_test

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/internal/storetest"
	"taizhang/store/keybox"
)

// BenchmarkWrite writes a backup of a ledger of so many villagers, in clear and encrypted,
// looked through both.
func BenchmarkWrite(b *testing.B) {
	for _, size := range []int{300, 100_000} {
		l := storetest.Create(b, filepath.Join(b.TempDir(), "ledger.db"), store.Options{Book: storetest.Book(storetest.Everything())})
		for at := 0; at < size; at += 5000 {
			batch := make([]*model.Record, min(5000, size-at))
			for i := range batch {
				batch[i] = storetest.Villager(b, l, at+i)
			}
			if _, err := l.Save(ctx, model.FromSheet, batch...); err != nil {
				b.Fatal(err)
			}
		}
		keys, err := keybox.New("990101001")
		if err != nil {
			b.Fatal(err)
		}
		own, err := age.ParseX25519Recipient(keys.Recipient())
		if err != nil {
			b.Fatal(err)
		}
		for name, to := range map[string][]age.Recipient{"plain": nil, "sealed": {own}} {
			b.Run(fmt.Sprintf("%d-%s", size, name), func(b *testing.B) {
				for b.Loop() {
					if err := copies.Write(ctx, l, filepath.Join(b.TempDir(), rand.Text()+".db"), to); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
