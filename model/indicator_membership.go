package model

var indicatorsMembership []*Indicator
