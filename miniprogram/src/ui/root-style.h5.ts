import './root-style.h5.css';
