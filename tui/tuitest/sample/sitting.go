package sample

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
)

// Clock is a made-up clock with the timers that were set by it.
type Clock struct {
	mu   sync.Mutex
	now  time.Time
	set  int // how many timers were set
	wait []timer
}

type timer struct {
	at   time.Time
	then func(time.Time) tea.Msg
}

// NewClock stands at the morning of Source.
func NewClock() *Clock { return &Clock{now: Source().Now()} }

// Now gives its time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// After sets a timer.
func (c *Clock) After(d time.Duration, then func(time.Time) tea.Msg) tea.Cmd {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set++
	c.wait = append(c.wait, timer{c.now.Add(d), then})
	return nil
}

// Timers tells how many were set so far, and how many of them run.
func (c *Clock) Timers() (set, running int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.set, len(c.wait)
}

// Sleep moves the clock on without a timer going off, as when a laptop sleeps.
func (c *Clock) Sleep(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Pass moves the clock on, minute by minute, and sends what timers give that go off.
func (c *Clock) Pass(d time.Duration, send func(tea.Msg)) {
	for end := c.Now().Add(d); c.Now().Before(end); {
		c.Sleep(min(time.Minute, end.Sub(c.Now())))
		for _, msg := range c.due() {
			send(msg)
		}
	}
}

func (c *Clock) due() []tea.Msg {
	c.mu.Lock()
	defer c.mu.Unlock()
	var (
		msgs []tea.Msg
		left []timer
	)
	for _, t := range c.wait {
		if t.at.After(c.now) {
			left = append(left, t)
			continue
		}
		msgs = append(msgs, t.then(c.now))
	}
	c.wait = left
	return msgs
}

// Sitting is an encrypted ledger's that keeps nothing: it knows its passphrase and does as
// it is told.
type Sitting struct {
	Secret string
	Crash  bool    // the last sitting did not end in order
	Refuse []error // what encrypting gives, one after another; then it is done
	Hold   func()  // called while it encrypts

	l      *store.Ledger
	mu     sync.Mutex
	shut   bool // the ledger is closed
	closed bool // and was encrypted
}

// NewSitting gives the sitting of a ledger.
func NewSitting(l *store.Ledger, secret string) *Sitting { return &Sitting{l: l, Secret: secret} }

// Ledger implements ui.Sitting.
func (s *Sitting) Ledger() *store.Ledger { return s.l }

// Take implements ui.Sitting.
func (s *Sitting) Take(l *store.Ledger) { s.l = l }

// Restore implements ui.Sitting.
func (s *Sitting) Restore(context.Context, string, string) (string, error) {
	return "", model.Errorf("E-NOFILE", "没有这份备份")
}

// Recovered implements ui.Sitting.
func (s *Sitting) Recovered() bool { return s.Crash }

// HasCounty implements ui.Sitting.
func (s *Sitting) HasCounty() bool { return false }

// Check implements ui.Sitting.
func (s *Sitting) Check(passphrase string) error {
	if passphrase != s.Secret {
		return model.Errorf("E-PASSPHRASE", "口令不对,请再打一遍")
	}
	return nil
}

// Change implements ui.Sitting.
func (s *Sitting) Change(_ context.Context, passphrase string) error {
	s.Secret = passphrase
	return nil
}

// Plain implements ui.Sitting.
func (s *Sitting) Plain(context.Context) error { return nil }

// Close implements ui.Sitting.
func (s *Sitting) Close(context.Context) error {
	if s.Hold != nil {
		s.Hold()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.shut {
		s.shut = true
		if err := s.l.Close(); err != nil {
			return err
		}
	}
	if len(s.Refuse) > 0 {
		err := s.Refuse[0]
		s.Refuse = s.Refuse[1:]
		return err
	}
	s.closed = true
	return nil
}

// Sealed tells whether it was encrypted in the end.
func (s *Sitting) Sealed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}
